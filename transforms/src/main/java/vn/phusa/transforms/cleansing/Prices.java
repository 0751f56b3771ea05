package vn.phusa.transforms.cleansing;

import java.io.Serializable;
import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.money.Amounts;
import vn.phusa.transforms.rules.Rules;

/** Prices in two currencies: of what was said in one the other is computed. */
final class Prices implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Rules rules;

  Prices(Rules rules) {
    this.rules = rules;
  }

  /**
   * A price.
   *
   * @param usd US dollars, scale 4
   * @param vnd whole dong
   */
  record Price(@Nullable BigDecimal usd, @Nullable BigDecimal vnd) {}

  /**
   * A price in both currencies; one that was said in both stays as it is.
   *
   * @param vnd exact: a rounded one would be rounded twice
   * @param day whose exchange rate holds, in days since 1970-01-01
   * @throws RejectedException where one of them does not fit its column
   */
  Price inBoth(@Nullable BigDecimal usd, @Nullable BigDecimal vnd, int day)
      throws RejectedException {
    BigDecimal rate = rules.exchangeRate().on(day);
    return new Price(
        usd == null ? Amounts.usdOfDong(vnd, rate, "price_usd") : usd,
        Amounts.vnd(vnd == null ? Amounts.product(usd, rate) : vnd, "price_vnd"));
  }
}
