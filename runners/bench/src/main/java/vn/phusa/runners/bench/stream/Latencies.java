package vn.phusa.runners.bench.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long things took, in nanoseconds; for several threads. */
final class Latencies {
  private final List<Long> nanos = new ArrayList<>();

  synchronized void add(long took) {
    nanos.add(took);
  }

  synchronized int count() {
    return nanos.size();
  }

  /** The seconds that so large a part did not exceed; NaN where nothing was measured. */
  synchronized double seconds(double part) {
    if (nanos.isEmpty()) {
      return Double.NaN;
    }
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(Math.max(0, rank - 1)) / 1e9;
  }
}
