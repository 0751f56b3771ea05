package vn.phusa.runners.samples;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one customer bought at one moment on one platform, as lines. */
final class Basket {
  private static final int[] SIZES = {1, 1, 1, 1, 1, 2, 2, 2, 3, 5};
  private static final long DAY_MINUTES = 24 * 60;

  /** Dates that typing, migrations and programs without a date have left. */
  private static final List<Instant> WRONG_DATES =
      List.of(
          Instant.EPOCH,
          Instant.parse("2008-12-31T10:00:00Z"),
          Instant.parse("1900-01-01T00:00:00Z"),
          Instant.parse("2033-01-01T00:00:00Z"),
          Instant.parse("2203-05-17T03:00:00Z"),
          Instant.parse("9999-12-31T00:00:00Z"));

  private final ShopPlan plan;
  private final SampleRandom random;
  private final Instant when;
  private final Instant until;
  private final String number;
  private final String customerId;
  private final String platform;
  private final String city;
  private final String payment;
  private final String status;
  private final Instant modified;

  /**
   * @param random decides about all of it
   * @param number the basket's number; lines of one piece often have none
   * @param when when it was bought
   * @param until now: what was bought shortly before is still on its way
   */
  Basket(ShopPlan plan, SampleRandom random, String number, Instant when, Instant until) {
    this.plan = plan;
    this.random = random;
    this.when = when;
    this.until = until;
    this.number = random.orRarely(number, 0.05, null);
    this.customerId = customer();
    this.platform = SamplePlatforms.platform(random);
    this.city = random.orNull(TypedCities.city(random));
    this.payment = SamplePlatforms.payment(random);
    Instant settled = when.plus(random.between(1, 10 * DAY_MINUTES), ChronoUnit.MINUTES);
    boolean open = settled.isAfter(until);
    this.status = random.orNull(open ? openStatus() : finalStatus());
    this.modified = open ? between(when, until) : settled;
  }

  /**
   * The lines, with returns and double clicks among them.
   *
   * @param most how many there may be
   */
  List<OrderLine> lines(LineIds ids, long most) {
    int size = SIZES[random.below(SIZES.length)];
    List<OrderLine> lines = new ArrayList<>();
    for (int i = 0; i < size && lines.size() < most; i++) {
      lines.add(line(ids.next(), i == 0));
    }
    OrderLine first = lines.get(0);
    if (random.chance(0.002) && lines.size() < most) {
      lines.add(first.again(ids.next()));
    }
    Instant back = when.plus(random.between(2 * DAY_MINUTES, 12 * DAY_MINUTES), ChronoUnit.MINUTES);
    if (random.chance(0.03) && lines.size() < most && back.isBefore(until)) {
      lines.add(first.returned(ids.next(), back));
    }
    return lines;
  }

  /** Where lines get their ids from. */
  interface LineIds {
    String next();
  }

  private OrderLine line(String id, boolean paysShipping) {
    // Few products make most of the sales.
    long product = 1 + (long) (plan.products() * random.unit() * random.unit());
    long price = Catalogue.item(plan, product).priceCents() * random.between(85, 105);
    price = random.orRarely(price, 0.0006, random.orRarely(0L, 0.3, -price));
    int quantity = random.orRarely(1 + (int) (4 * random.unit() * random.unit()), 0.0003, 0);
    long subtotal = price * quantity;
    boolean promotion = random.chance(0.25);
    long discount = promotion ? subtotal * random.between(5, 30) / 100 : 0;
    long tax = (subtotal - discount) / 10;
    long shipping = paysShipping ? random.between(0, 300) * 100 : 0;
    long profit = subtotal * random.between(5, 25) / 100 - discount / 2;
    return new OrderLine(
        id,
        number,
        customerId,
        random.orNull(random.orRarely(ShopPlan.productId(product), 0.003, strangeId("P"))),
        platform,
        city,
        random.orNull(quantity),
        random.orNull(price),
        random.orNull(subtotal),
        random.orNull(discount),
        random.orNull(tax),
        random.orNull(shipping),
        random.orNull(subtotal - discount + tax + shipping),
        random.orNull(profit),
        payment,
        random.orNull(promotion),
        status,
        random.chance(0.001) ? null : random.orRarely(when, 0.0004, random.pick(WRONG_DATES)),
        when,
        modified);
  }

  private String customer() {
    // Who is not there yet does not buy; and a few buy much.
    double known =
        (double) SalesCalendar.OPENING.until(day(when), ChronoUnit.DAYS)
            / Math.max(1, SalesCalendar.OPENING.until(day(plan.until()), ChronoUnit.DAYS));
    long count = Math.max(1, (long) (plan.customers() * Math.min(1, known)));
    long customer = 1 + (long) (count * Math.pow(random.unit(), 1.5));
    return random.orNull(random.orRarely(ShopPlan.customerId(customer), 0.006, strangeId("C")));
  }

  /** An id that no table has, or no id at all. */
  private String strangeId(String prefix) {
    return switch (random.below(4)) {
      case 0 -> "";
      case 1 -> prefix.toLowerCase(Locale.ROOT) + random.between(1, 999);
      default -> prefix + "X" + random.between(1, 99_999);
    };
  }

  private String openStatus() {
    return random.pick(List.of("pending", "processing", "shipped", "shipped"));
  }

  private String finalStatus() {
    int kind = random.below(100);
    return kind < 7 ? "cancelled" : kind < 8 ? "Completed" : kind < 9 ? "failed" : "completed";
  }

  private Instant between(Instant first, Instant last) {
    long micros = ChronoUnit.MICROS.between(first, last);
    return first.plus((long) (Math.max(0, micros) * random.unit()), ChronoUnit.MICROS);
  }

  private static LocalDate day(Instant instant) {
    return instant.atOffset(SalesCalendar.VIETNAM).toLocalDate();
  }
}
