package vn.phusa.transforms.enrichment;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.money.BusinessDay;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.StatusGroups;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** Adds to a sale what the rules say of it. Rates are those of the Vietnamese day of the order. */
public final class SaleEnricher {

  private final Rules rules;
  private final VietnameseCalendar calendar;
  private final Geography geography;
  private final KnownNames paymentMethods;
  private final StatusGroups statusGroups;

  public SaleEnricher(Rules rules) {
    this.rules = rules;
    this.calendar = VietnameseCalendar.of(rules);
    this.geography = Geography.of(rules);
    this.paymentMethods = KnownNames.of(rules.paymentMethods());
    this.statusGroups = StatusGroups.of(rules);
  }

  /**
   * The enriched sale. A sale without a known time takes the newest rates, and its seasons are
   * null.
   *
   * @throws RejectedException {@link Reason#OUT_OF_CALENDAR} for a day outside dim_time, {@link
   *     Reason#OUT_OF_RANGE} for an amount that its column cannot hold
   */
  public EnrichedSale enrich(Sale sale) throws RejectedException {
    Integer day = BusinessDay.of(sale.getOrderMicros(), calendar, "order_date");
    BigDecimal exchangeRate = rules.exchangeRate().on(day);
    return EnrichedSale.builder()
        .setSale(sale)
        .setTimeKey(BusinessDay.timeKey(day, calendar))
        .setUnitPriceVnd(
            Amounts.vnd(
                dong(sale.getUnitPriceVnd(), sale.getUnitPriceUsd(), exchangeRate),
                "unit_price_vnd"))
        .setTotalAmountVnd(
            Amounts.vnd(
                dong(sale.getTotalAmountVnd(), sale.getTotalAmountUsd(), exchangeRate),
                "total_amount_vnd"))
        .setVatAmountVnd(vat(sale, day, exchangeRate))
        .setPlatformCommission(commission(sale, day, exchangeRate))
        .setPaymentMethodLocal(paymentMethods.orSame(sale.getPaymentMethod()))
        .setStatusGroup(statusGroups.of(sale.getSource(), sale.getStatus()))
        .setRegion(geography.region(sale.getCity()))
        .setTetSeason(day == null ? null : calendar.isTetSeason(day))
        .setShoppingFestival(day == null ? null : calendar.isShoppingFestival(day))
        .setCounted(rules.orderAuthorities().of(sale.getPlatform()).equals(sale.getSource()))
        .build();
  }

  /** What the record says in dong, else the dollars × rate. */
  private static @Nullable BigDecimal dong(
      @Nullable BigDecimal said, @Nullable BigDecimal dollars, BigDecimal exchangeRate) {
    return said == null ? Amounts.product(dollars, exchangeRate) : said;
  }

  /** The subtotal in dong × the share of it that is VAT. */
  private @Nullable BigDecimal vat(Sale sale, @Nullable Integer day, BigDecimal exchangeRate)
      throws RejectedException {
    BigDecimal subtotalVnd = dong(sale.getSubtotalVnd(), sale.getSubtotalUsd(), exchangeRate);
    return Amounts.vnd(rules.vat().of(subtotalVnd, day), "vat_amount_vnd");
  }

  /** The total × rate of the platform, in dollars; of dong not rounded in between. */
  private @Nullable BigDecimal commission(Sale sale, @Nullable Integer day, BigDecimal exchangeRate)
      throws RejectedException {
    BigDecimal rate = rules.commissions().rate(sale.getPlatform(), day);
    BigDecimal dong = Amounts.product(sale.getTotalAmountVnd(), rate);
    return dong == null
        ? Amounts.usd(Amounts.product(sale.getTotalAmountUsd(), rate), "platform_commission")
        : Amounts.usdOfDong(dong, exchangeRate, "platform_commission");
  }
}
