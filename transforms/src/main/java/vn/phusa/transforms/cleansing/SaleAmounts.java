package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.rules.Rules;

/**
 * Reads the amounts of an order line, each in dollars ({@code total_amount_usd}) or in dong ({@code
 * total_amount_vnd}). Dong become dollars by the rate of the order's day; where the record says
 * both, the dollars stay as they are. Dollars become dong later, with all else that the rules say,
 * by {@link vn.phusa.transforms.enrichment.SaleEnricher}.
 */
final class SaleAmounts {

  private final RecordReader in;
  private final Column quantity;
  private final Amount unitPrice;
  private final Amount subtotal;
  private final Amount discount;
  private final Amount tax;
  private final Amount shipping;
  private final Amount total;
  private final List<Amount> all;
  private final Column profit;
  private final Rules rules;

  /** An amount's columns in the two currencies. */
  private record Amount(String name, Column usd, Column vnd) {}

  /** Declares the columns to the reader. */
  SaleAmounts(RecordReader in, Column quantity, Rules rules) {
    this.in = in;
    this.quantity = quantity;
    this.unitPrice = amount("unit_price");
    this.subtotal = amount("subtotal");
    this.discount = amount("discount_amount");
    this.tax = amount("tax_amount");
    this.shipping = amount("shipping_cost");
    this.total = amount("total_amount");
    this.all = List.of(unitPrice, subtotal, discount, tax, shipping, total);
    this.profit = in.column("profit_margin_usd");
    this.rules = rules;
  }

  private Amount amount(String name) {
    return new Amount(name, in.column(name + "_usd"), in.column(name + "_vnd"));
  }

  /**
   * Sets the amounts of the record that the reader has open.
   *
   * @param day the Vietnamese day of the order; null takes the newest rate
   */
  void set(Sale.Builder sale, @Nullable Integer day) throws RejectedException {
    BigDecimal rate = rules.exchangeRate().on(day);
    Integer units = in.integer(quantity);
    BigDecimal price = dollars(unitPrice, rate);
    BigDecimal priceDong = dong(unitPrice);
    BigDecimal subtotalDong = dong(subtotal);
    BigDecimal subtotalDollars = dollars(subtotal, rate);
    if (subtotalDollars == null && subtotalDong == null) {
      subtotalDong = times(units, priceDong);
      // Checks the range, too.
      Amounts.vnd(subtotalDong, subtotal.vnd().name());
      subtotalDollars =
          subtotalDong == null
              ? Amounts.usd(times(units, price), subtotal.usd().name())
              : Amounts.usdOfDong(subtotalDong, rate, subtotal.usd().name());
    }
    sale.setQuantity(units)
        .setUnitPriceUsd(price)
        .setUnitPriceVnd(priceDong)
        .setSubtotalUsd(subtotalDollars)
        .setSubtotalVnd(subtotalDong)
        .setDiscountAmountUsd(dollars(discount, rate))
        .setDiscountAmountVnd(dong(discount))
        .setTaxAmountUsd(dollars(tax, rate))
        .setTaxAmountVnd(dong(tax))
        .setShippingCostUsd(dollars(shipping, rate))
        .setShippingCostVnd(dong(shipping))
        .setTotalAmountUsd(dollars(total, rate))
        .setTotalAmountVnd(dong(total))
        .setProfitMarginUsd(in.usd(profit))
        .setSaidInBoth(saidInBoth());
  }

  private List<String> saidInBoth() {
    List<String> both = List.of();
    for (Amount amount : all) {
      if (isSaid(amount.vnd()) && isSaid(amount.usd())) {
        both = both.isEmpty() ? new ArrayList<>() : both;
        both.add(amount.name());
      }
    }
    return both;
  }

  private boolean isSaid(Column column) {
    String text = in.raw(column);
    return text != null && !text.isBlank();
  }

  /** As the record says; dong become dollars, rounded once. */
  private @Nullable BigDecimal dollars(Amount amount, BigDecimal rate) throws RejectedException {
    BigDecimal said = in.usd(amount.usd());
    return said == null ? Amounts.usdOfDong(dong(amount), rate, amount.usd().name()) : said;
  }

  /** Exact; null where the record does not say dong. */
  private @Nullable BigDecimal dong(Amount amount) throws RejectedException {
    // What cannot be stored is rejected before it is taken as it is.
    return in.vnd(amount.vnd()) == null ? null : in.exactDecimal(amount.vnd());
  }

  private static @Nullable BigDecimal times(@Nullable Integer units, @Nullable BigDecimal price) {
    return units == null ? null : Amounts.product(BigDecimal.valueOf(units), price);
  }
}
