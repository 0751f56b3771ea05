package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Which source is believed about the orders of a platform. Several may report the same order, under
 * keys of their own; only the authority's lines count, so that none is counted twice.
 *
 * @param platforms the source by the platform's standard name: "oltp", "tiki", "feed:fptshop", ...
 * @param fallback the source for the orders of any other platform, and of none
 */
public record OrderAuthorities(Map<String, String> platforms, String fallback)
    implements Serializable {

  public OrderAuthorities {
    platforms = Map.copyOf(RulesException.required(platforms, "orderAuthorities.platforms"));
    RulesException.required(fallback, "orderAuthorities.fallback");
  }

  /**
   * The source whose orders of the platform count.
   *
   * @param platform the standard name; null takes the fallback
   */
  public String of(@Nullable String platform) {
    return platform == null ? fallback : platforms.getOrDefault(platform, fallback);
  }

  /** Whether orders of the source count on any platform. */
  public boolean believeAnythingOf(String source) {
    return fallback.equals(source) || platforms.containsValue(source);
  }
}
