package vn.phusa.runners.simulator.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import vn.phusa.runners.samples.SampleRandom;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** Decides which request suffers which fault. */
public final class Faults {
  private record Ordered(FaultKind kind, String path) {}

  private final Map<SimulatedPlatform, Deque<Ordered>> ordered =
      new EnumMap<>(SimulatedPlatform.class);
  private final Map<SimulatedPlatform, Long> requests = new EnumMap<>(SimulatedPlatform.class);
  private FaultPlan plan = FaultPlan.none();

  public synchronized void plan(FaultPlan value) {
    plan = value;
    requests.clear();
  }

  public synchronized FaultPlan plan() {
    return plan;
  }

  public synchronized void order(SimulatedPlatform platform, FaultKind kind, String path) {
    ordered.computeIfAbsent(platform, key -> new ArrayDeque<>()).add(new Ordered(kind, path));
  }

  /**
   * The fault of the next request, or null.
   *
   * @param tokens whether the path gives tokens
   * @param lists whether the path answers pages of a list
   */
  public synchronized FaultKind next(
      SimulatedPlatform platform, String path, boolean tokens, boolean lists) {
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

  private FaultKind draw(SimulatedPlatform platform) {
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
