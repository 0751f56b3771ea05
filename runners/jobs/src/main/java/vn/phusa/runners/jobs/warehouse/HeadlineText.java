package vn.phusa.runners.jobs.warehouse;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vn.phusa.pipelines.io.warehouse.schema.MartHeadlines;
import vn.phusa.runners.jobs.warehouse.WarehousePort.Headline;

/** The marts' headlines in words. */
final class HeadlineText {
  private HeadlineText() {}

  static List<Headline> of(MartHeadlines numbers) {
    List<Headline> lines = new ArrayList<>();
    lines.add(new Headline("orders", String.format(Locale.ROOT, "%,d", numbers.orders())));
    lines.add(new Headline("revenue", dong(numbers.revenueVnd())));
    lines.add(new Headline("customers", String.format(Locale.ROOT, "%,d", numbers.customers())));
    if (numbers.topPlatform() != null) {
      lines.add(
          new Headline(
              "strongest platform",
              numbers.topPlatform() + ", " + dong(numbers.topPlatformRevenueVnd())));
    }
    if (numbers.bestProductId() != null) {
      String name = numbers.bestProductName();
      lines.add(
          new Headline(
              "best product",
              (name == null ? numbers.bestProductId() : name)
                  + ", "
                  + dong(numbers.bestProductRevenueVnd())));
    }
    if (numbers.tetUplift() != null) {
      lines.add(new Headline("a day of the Tet season", percent(numbers.tetUplift())));
    }
    if (numbers.festivalUplift() != null) {
      lines.add(new Headline("a shopping festival", percent(numbers.festivalUplift())));
    }
    return lines;
  }

  private static String dong(BigDecimal amount) {
    return amount == null
        ? "none"
        : String.format(
            Locale.ROOT, "%,d VND", amount.setScale(0, RoundingMode.HALF_UP).toBigInteger());
  }

  private static String percent(BigDecimal uplift) {
    return String.format(
        Locale.ROOT, "%+.0f %% against ordinary days", uplift.movePointRight(2).doubleValue());
  }
}
