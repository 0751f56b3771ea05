package vn.phusa.runners.embedded.marketplace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import vn.phusa.runners.embedded.sample.SampleRandom;

/** Decides which request suffers which fault. */
final class Faults {
  private record Ordered(FaultKind kind, String path) {}

  private final Map<Marketplace, Deque<Ordered>> ordered = new EnumMap<>(Marketplace.class);
  private final Map<Marketplace, Long> requests = new EnumMap<>(Marketplace.class);
  private FaultPlan plan = FaultPlan.none();

  synchronized void plan(FaultPlan value) {
    plan = value;
    requests.clear();
  }

  synchronized FaultPlan plan() {
    return plan;
  }

  synchronized void order(Marketplace platform, FaultKind kind, String path) {
    ordered.computeIfAbsent(platform, key -> new ArrayDeque<>()).add(new Ordered(kind, path));
  }

  /**
   * The fault of the next request, or null.
   *
   * @param tokens whether the path gives tokens
   * @param lists whether the path answers pages of a list
   */
  synchronized FaultKind next(Marketplace platform, String path, boolean tokens, boolean lists) {
    Iterator<Ordered> waiting = ordered.getOrDefault(platform, new ArrayDeque<>()).iterator();
    while (waiting.hasNext()) {
      Ordered next = waiting.next();
      if (path.contains(next.path()) && (lists || !next.kind().ofPages())) {
        waiting.remove();
        return next.kind();
      }
    }
    FaultKind drawn = draw(platform);
    if (drawn == null || (drawn.ofPages() && !lists)) {
      return null;
    }
    // A spent single-use token whose answer was lost locks a client out for good.
    return tokens && drawn.afterwards() ? FaultKind.CUT_BEFORE : drawn;
  }

  private FaultKind draw(Marketplace platform) {
    if (plan.shares().isEmpty()) {
      return null;
    }
    long request = requests.merge(platform, 1L, Long::sum);
    double point = SampleRandom.of(plan.seed(), "fault " + platform.id(), request).unit();
    for (FaultKind kind : FaultKind.values()) {
      point -= plan.shares().getOrDefault(kind, 0.0);
      if (point < 0) {
        return kind;
      }
    }
    return null;
  }
}
