package vn.phusa.runners.samples;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The products, in the order in which they were added. */
final class ProductRows implements SampleTable.Rows {
  private final ShopPlan plan;
  private final SalesCalendar calendar;
  private long written;

  ProductRows(ShopPlan plan, SalesCalendar calendar) {
    this.plan = plan;
    this.calendar = calendar;
  }

  @Override
  public boolean writeNext(CopyLine line) {
    written++;
    write(line, written);
    if (written == plan.products()) {
      line.text("").text("").text("").text("").text("").money(null).number(null).money(null);
      line.number(null).instant(plan.until()).instant(plan.until()).end();
    }
    return written < plan.products();
  }

  private void write(CopyLine line, long number) {
    Catalogue.Item item = Catalogue.item(plan, number);
    SampleRandom random = plan.random("product", number);
    int reviews = random.chance(0.15) ? 0 : random.below(5_000);
    Instant created = calendar.at(0.5 * (number - 1) / plan.products(), random);
    Instant modified =
        calendar.notAfterEnd(
            created.plus(random.between(0, 900L * 24 * 60), ChronoUnit.MINUTES), random);
    line.text(ShopPlan.productId(number))
        .text(random.orNull(name(random, item.name())))
        .text(random.orNull(category(random, item.category())))
        .text(random.orNull(random.orRarely(item.brand(), 0.02, "")))
        .text(SamplePlatforms.platform(random))
        .money(random.orNull(price(random, item)))
        .number(random.orNull(random.orRarely(random.below(500), 0.01, -1)))
        // No review, and yet a rating: what "unrated" looks like.
        .money(random.orNull(reviews == 0 ? 0L : random.between(250, 500) * 100))
        .number(random.orNull(reviews))
        .instant(created)
        .instant(modified)
        .end();
  }

  private static String name(SampleRandom random, String name) {
    return random.chance(0.1) ? Typing.of(random, name) : name;
  }

  private static String category(SampleRandom random, String category) {
    return random.chance(0.1) ? category.toUpperCase(Locale.ROOT) : category;
  }

  private static Long price(SampleRandom random, Catalogue.Item item) {
    return random.orRarely(item.priceCents() * 100, 0.003, 0L);
  }
}
