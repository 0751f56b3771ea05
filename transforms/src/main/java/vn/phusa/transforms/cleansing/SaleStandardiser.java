package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.money.BusinessDay;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/**
 * What the rules make of an order line before it is enriched: the standard names of platform and
 * city, and dollars of what was said in dong. Not safe for several threads.
 */
public final class SaleStandardiser {

  private final Rules rules;
  private final VietnameseCalendar calendar;
  private final CityStandardiser cities;
  private final Memo platforms;

  public SaleStandardiser(Rules rules) {
    this.rules = rules;
    this.calendar = VietnameseCalendar.of(rules);
    this.cities = new CityStandardiser(Geography.of(rules));
    KnownNames names = KnownNames.of(rules.platforms());
    this.platforms = new Memo(text -> names.orSame(FreeText.nfc(text)));
  }

  @Nullable String platform(@Nullable String said) {
    return platforms.of(said);
  }

  @Nullable String city(@Nullable String said) {
    return cities.standardise(said);
  }

  /**
   * A line that was cleansed by whatever rules, as if by these.
   *
   * @throws RejectedException where an amount does not fit its column any more
   */
  public Sale standardise(Sale sale) throws RejectedException {
    Integer day = BusinessDay.of(sale.getOrderMicros(), calendar, "order_date");
    Dollars dollars = new Dollars(sale, rules.exchangeRate().on(day));
    return sale.toBuilder()
        .setPlatform(platform(sale.getPlatformSaid()))
        .setCity(city(sale.getCitySaid()))
        .setUnitPriceUsd(dollars.of("unit_price", sale.getUnitPriceUsd(), sale.getUnitPriceVnd()))
        .setSubtotalUsd(dollars.of("subtotal", sale.getSubtotalUsd(), sale.getSubtotalVnd()))
        .setDiscountAmountUsd(
            dollars.of("discount_amount", sale.getDiscountAmountUsd(), sale.getDiscountAmountVnd()))
        .setTaxAmountUsd(dollars.of("tax_amount", sale.getTaxAmountUsd(), sale.getTaxAmountVnd()))
        .setShippingCostUsd(
            dollars.of("shipping_cost", sale.getShippingCostUsd(), sale.getShippingCostVnd()))
        .setTotalAmountUsd(
            dollars.of("total_amount", sale.getTotalAmountUsd(), sale.getTotalAmountVnd()))
        .build();
  }

  private record Dollars(Sale sale, BigDecimal rate) {
    @Nullable BigDecimal of(String amount, @Nullable BigDecimal usd, @Nullable BigDecimal dong)
        throws RejectedException {
      return dong == null || sale.getSaidInBoth().contains(amount)
          ? usd
          : Amounts.usdOfDong(dong, rate, amount + "_usd");
    }
  }
}
