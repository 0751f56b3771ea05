package vn.phusa.runners.cli.retail;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What fact_sales must add up to, computed from the shop's lines by the business rules and with
 * nothing of the product: for all lines, and for the lines of every payment method, day, flag,
 * platform, place and status, how many there are and the sums of their amounts.
 */
final class ExpectedSales {
  private static final BigDecimal RATE = new BigDecimal(24_000);
  private static final BigDecimal TAX = new BigDecimal("0.1");
  private static final Map<String, String> PAYMENTS =
      Map.of(
          "momo", "E_Wallet_MoMo",
          "zalopay", "E_Wallet_ZaloPay",
          "vnpay", "E_Wallet_VNPay",
          "cod", "COD",
          "cash_on_delivery", "COD",
          "bank_transfer", "Bank_Transfer",
          "credit_card", "Credit_Card",
          "debit_card", "Debit_Card");
  private static final Map<String, BigDecimal> COMMISSIONS =
      Map.ofEntries(
          entry("Lazada", new BigDecimal("0.06")),
          entry("Shopee", new BigDecimal("0.055")),
          entry("Tiki", new BigDecimal("0.08")),
          entry("Sendo", new BigDecimal("0.05")),
          entry("FPTShop", new BigDecimal("0.04")),
          entry("CellphoneS", new BigDecimal("0.035")));
  private static final Map<String, String> PLACES =
      Map.of(
          "tp hcm", "Ho Chi Minh City",
          "sài gòn", "Ho Chi Minh City",
          "HN", "Hanoi",
          "da nang ", "Da Nang",
          "Hai Phong", "Hai Phong",
          "Cần Thơ", "Can Tho",
          "Hue", "Hue",
          "Nha Trang", "Nha Trang");
  private static final List<MonthDay> FESTIVALS =
      List.of(MonthDay.of(9, 9), MonthDay.of(10, 10), MonthDay.of(11, 11), MonthDay.of(12, 12));

  private final SortedMap<String, Sums> groups = new TreeMap<>();

  private ExpectedSales() {}

  /** The sums of each group of lines by the group's name, as {@link #QUERY} gives them. */
  static SortedMap<String, String> of(List<List<RetailLine>> days) {
    ExpectedSales expected = new ExpectedSales();
    days.forEach(lines -> lines.forEach(expected::add));
    SortedMap<String, String> texts = new TreeMap<>();
    expected.groups.forEach((group, sums) -> texts.put(group, sums.toString()));
    return texts;
  }

  /** The same groups of the warehouse, a name and the sums a row. */
  static final String QUERY =
      """
      SELECT g.name || ' ' || coalesce(g.value, 'null'),
             concat_ws(' | ', count(*), sum(total_amount_usd), sum(total_amount_vnd),
                       sum(vat_amount_vnd), sum(platform_commission), sum(unit_price_vnd),
                       sum(quantity))
        FROM fact_sales f
        LEFT JOIN dim_platform p USING (platform_key)
        LEFT JOIN dim_geography y USING (geography_key),
        LATERAL (VALUES
          ('all', ''),
          ('payment', payment_method_local),
          ('day', time_key::text),
          ('tet', is_tet_season::text),
          ('festival', is_shopping_festival::text),
          ('promotion', vietnam_promotion_applied::text),
          ('platform', p.platform),
          ('place', y.city),
          ('status', status),
          ('deleted', f.is_deleted::text),
          ('customer unknown', (customer_key = -1)::text),
          ('product unknown', (product_key = -1)::text)) AS g (name, value)
       GROUP BY g.name, g.value
      """;

  private static final class Sums {
    private long lines;
    private BigDecimal usd = BigDecimal.ZERO.setScale(4);
    private BigDecimal vnd = BigDecimal.ZERO;
    private BigDecimal vat = BigDecimal.ZERO;
    private BigDecimal commission = BigDecimal.ZERO.setScale(4);
    private BigDecimal unitVnd = BigDecimal.ZERO;
    private long units;

    @Override
    public String toString() {
      return String.join(
          " | ",
          Long.toString(lines),
          usd.toPlainString(),
          vnd.toPlainString(),
          vat.toPlainString(),
          commission.toPlainString(),
          unitVnd.toPlainString(),
          Long.toString(units));
    }
  }

  private void add(RetailLine line) {
    LocalDate day = line.day();
    MonthDay yearly = MonthDay.from(day);
    String platform = RetailDeal.platform(line.invoice());
    String payment = RetailDeal.payment(line.invoice());
    boolean tet = !yearly.isBefore(MonthDay.of(1, 21)) && !yearly.isAfter(MonthDay.of(2, 20));

    // Prices have at most three decimals: nothing here is rounded before its end.
    BigDecimal subtotal = line.price().multiply(BigDecimal.valueOf(line.quantity()));
    BigDecimal total = rounded(subtotal.add(subtotal.multiply(TAX)), 4);
    BigDecimal vnd = rounded(total.multiply(RATE), 0);
    BigDecimal vat = rounded(subtotal.multiply(RATE).multiply(TAX), 0);
    BigDecimal commission = rounded(total.multiply(COMMISSIONS.get(platform)), 4);
    BigDecimal unitVnd = rounded(line.price().multiply(RATE), 0);

    for (String group :
        List.of(
            "all ",
            "payment " + PAYMENTS.getOrDefault(payment, payment),
            "day " + day.format(DateTimeFormatter.BASIC_ISO_DATE),
            "tet " + tet,
            "festival " + FESTIVALS.contains(yearly),
            "promotion " + RetailDeal.promotion(line.invoice()),
            "platform " + platform,
            "place " + PLACES.getOrDefault(RetailDeal.city(line), "Unknown"),
            "status " + (line.isCancelled() ? "cancelled" : "completed"),
            "deleted false",
            "customer unknown " + line.customer().isEmpty(),
            "product unknown false")) {
      Sums sums = groups.computeIfAbsent(group, g -> new Sums());
      sums.lines++;
      sums.usd = sums.usd.add(total);
      sums.vnd = sums.vnd.add(vnd);
      sums.vat = sums.vat.add(vat);
      sums.commission = sums.commission.add(commission);
      sums.unitVnd = sums.unitVnd.add(unitVnd);
      sums.units += line.quantity();
    }
  }

  private static BigDecimal rounded(BigDecimal exact, int decimals) {
    return exact.setScale(decimals, RoundingMode.HALF_UP);
  }
}
