package vn.phusa.transforms.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The value added tax.
 *
 * @param kind whether the subtotal has it in it
 * @param rates the share of the amount without tax, 0 to 1
 */
public record Vat(Kind kind, DatedRates rates) implements Serializable {

  /** Where the tax is. */
  public enum Kind {
    /** On top of the subtotal. */
    added,
    /** In the subtotal. */
    included
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Vat(@JsonProperty("kind") Kind kind, @JsonProperty("rates") DatedRates rates) {
    this.kind = RulesException.required(kind, "vat.kind");
    this.rates = RulesException.required(rates, "vat.rates");
    RulesException.check(
        rates.rates().stream().allMatch(r -> r.rate().compareTo(BigDecimal.ONE) <= 0),
        "rules: \"vat\" is a share: 10 % is 0.10");
  }

  /** A list alone: the tax is added. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Vat of(List<DatedRate> rates) {
    return new Vat(Kind.added, new DatedRates(rates));
  }

  /**
   * The tax of a subtotal, not rounded to dong: subtotal × rate where it is added, subtotal × rate
   * ÷ (1 + rate) where it is included.
   *
   * @param subtotal null gives null
   * @param epochDay the Vietnamese day, days since 1970-01-01; null takes the newest rate
   */
  public @Nullable BigDecimal of(@Nullable BigDecimal subtotal, @Nullable Integer epochDay) {
    if (subtotal == null) {
      return null;
    }
    BigDecimal rate = rates.on(epochDay);
    BigDecimal product = subtotal.multiply(rate);
    return kind == Kind.added
        ? product
        : product.divide(BigDecimal.ONE.add(rate), MathContext.DECIMAL128);
  }
}
