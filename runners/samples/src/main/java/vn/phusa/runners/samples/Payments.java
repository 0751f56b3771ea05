package vn.phusa.runners.samples;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The transactions that belong to a basket: one as a rule; none, or the same twice, sometimes. */
final class Payments {
  private final ShopPlan plan;
  private final String prefix;
  private final Instant until;
  private final Instant seenFrom;
  private long written;

  /**
   * @param prefix what the ids begin with
   * @param until now: no payment is later
   * @param seenFrom no payment was written before: the database says of an older one that it was
   *     modified then
   */
  Payments(ShopPlan plan, String prefix, Instant until, Instant seenFrom) {
    this.plan = plan;
    this.prefix = prefix;
    this.until = until;
    this.seenFrom = seenFrom;
  }

  void write(List<OrderLine> basket, CopyLine line) {
    OrderLine first = basket.get(0);
    SampleRandom random = plan.random("payment", first.orderId().hashCode());
    if (random.chance(0.01)) {
      return;
    }
    long amount = 0;
    for (OrderLine bought : basket) {
      if (bought.total() != null && !"returned".equals(bought.status())) {
        amount += bought.total();
      }
    }
    Instant paid = earlier(first.createdAt().plus(random.between(0, 4_000), ChronoUnit.MINUTES));
    String status = random.orRarely("success", 0.04, random.orRarely("failed", 0.4, "pending"));
    int times = random.chance(0.002) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      write(
          line,
          random,
          random.orRarely(first.orderId(), 0.003, "OX" + random.below(9999)),
          first.paymentMethod(),
          amount,
          status,
          paid);
    }
    for (OrderLine bought : basket) {
      if ("returned".equals(bought.status()) && bought.total() != null) {
        Instant back = earlier(bought.createdAt().plus(1, ChronoUnit.DAYS));
        write(
            line,
            random,
            bought.orderId(),
            bought.paymentMethod(),
            bought.total(),
            "refunded",
            back);
      }
    }
  }

  private void write(
      CopyLine line,
      SampleRandom random,
      String orderId,
      String method,
      long amount,
      String status,
      Instant when) {
    Instant seen = when.isBefore(seenFrom) ? seenFrom : when;
    line.text(ShopPlan.padded(prefix, ++written, 10))
        .text(random.orNull(orderId))
        .text(random.orRarely(method, 0.01, SamplePlatforms.payment(random)))
        .money(random.orNull(amount))
        .text(random.orNull(status))
        .instant(random.chance(0.001) ? null : when)
        .instant(seen)
        .instant(seen)
        .end();
  }

  private Instant earlier(Instant wanted) {
    return wanted.isAfter(until) ? until : wanted;
  }
}
