package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The share of the total amount that a platform keeps.
 *
 * @param platforms by the platform's standard name
 * @param fallback of any other platform
 */
public record Commissions(Map<String, DatedRates> platforms, BigDecimal fallback)
    implements Serializable {

  public Commissions {
    platforms = Map.copyOf(RulesException.required(platforms, "commissions.platforms"));
    RulesException.required(fallback, "commissions.fallback");
    RulesException.check(fallback.signum() >= 0, "rules: \"commissions.fallback\" is negative");
  }

  /**
   * The rate of a platform on a Vietnamese day.
   *
   * @param platform the standard name; null, as any platform without a rate of its own, takes the
   *     fallback
   * @param epochDay days since 1970-01-01; null takes the newest rate
   */
  public BigDecimal rate(@Nullable String platform, @Nullable Integer epochDay) {
    DatedRates rates = platform == null ? null : platforms.get(platform);
    return rates == null ? fallback : rates.on(epochDay);
  }
}
