package vn.phusa.runners.samples;

import java.time.Instant;
import java.util.List;

/**
 * The baskets of the shop's history, in the order of time, one after the other and each time the
 * same.
 */
final class SampleHistory {
  private final ShopPlan plan;
  private final SalesCalendar calendar;
  private long lines;
  private long baskets;

  SampleHistory(ShopPlan plan, SalesCalendar calendar) {
    this.plan = plan;
    this.calendar = calendar;
  }

  boolean hasNext() {
    return lines < plan.orders();
  }

  /** The next basket's lines, at least one. */
  List<OrderLine> next() {
    baskets++;
    SampleRandom random = plan.random("basket", baskets);
    Instant when = calendar.at((double) lines / plan.orders(), random);
    String number = ShopPlan.padded("B", baskets, 9);
    return new Basket(plan, random, number, when, plan.until())
        .lines(() -> ShopPlan.padded("O", ++lines, 10), plan.orders() - lines);
  }
}
