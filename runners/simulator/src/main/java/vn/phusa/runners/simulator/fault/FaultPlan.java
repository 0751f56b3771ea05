package vn.phusa.runners.simulator.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How often which faults happen. Token requests suffer those alone that leave the token as it was.
 *
 * @param seed what the choice follows from, together with the number of the request
 * @param shares the share of requests, from 0 to 1, for each kind; together at most 1
 * @param slowness how long a slow answer takes
 * @param retryAfter what Retry-After says; whole seconds count
 */
public record FaultPlan(
    long seed, Map<FaultKind, Double> shares, Duration slowness, Duration retryAfter) {

  public FaultPlan {
    shares = Map.copyOf(shares);
    if (shares.values().stream().mapToDouble(Double::doubleValue).sum() > 1.000_001) {
      throw new IllegalArgumentException("The shares of the faults come to more than 1");
    }
  }

  /** No faults. */
  public static FaultPlan none() {
    return new FaultPlan(0, Map.of(), Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  /** Each of the kinds at the same share of requests. */
  public static FaultPlan each(long seed, double share, Set<FaultKind> kinds) {
    Map<FaultKind, Double> shares = new EnumMap<>(FaultKind.class);
    kinds.forEach(kind -> shares.put(kind, share));
    return new FaultPlan(seed, shares, Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  /** Every kind at the same share of requests. */
  public static FaultPlan every(long seed, double share) {
    return each(seed, share, EnumSet.allOf(FaultKind.class));
  }

  /** With another share of one kind. */
  public FaultPlan with(FaultKind kind, double share) {
    Map<FaultKind, Double> copy = new EnumMap<>(FaultKind.class);
    copy.putAll(shares);
    copy.put(kind, share);
    return new FaultPlan(seed, copy, slowness, retryAfter);
  }

  public FaultPlan withSlowness(Duration value) {
    return new FaultPlan(seed, shares, value, retryAfter);
  }

  public FaultPlan withRetryAfter(Duration value) {
    return new FaultPlan(seed, shares, slowness, value);
  }
}
