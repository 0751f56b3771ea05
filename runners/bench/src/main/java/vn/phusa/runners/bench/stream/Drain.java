package vn.phusa.runners.bench.stream;

import java.sql.Connection;
import java.time.Duration;

/**
 * How fast the backlog went into all sinks.
 *
 * @param startSeconds from the start of the JVM to the first record in sales_processed
 * @param perSecond events a second from the first quarter's end to the last row committed and the
 *     last record in sales_processed
 * @param windowsSeconds how long after that the windows in Redis counted all of them
 */
record Drain(double startSeconds, double perSecond, double windowsSeconds) {
  private static final Duration MAX_TIME = Duration.ofMinutes(20);

  /** Lets it read all events, and checks that all of them arrived everywhere. */
  static Drain measure(
      Contender contender, StreamBenchOptions options, BenchStores stores, long events)
      throws Exception {
    stores.emptyOutputs();
    long begun = System.nanoTime();
    try (ContenderProcess process = contender.start(options, stores, null);
        Connection connection = stores.connect()) {
      await(process, "the first record", () -> stores.processed() > 0);
      final double start = since(begun);
      await(process, "the first quarter", () -> stores.processed() >= events / 4);
      long quarter = System.nanoTime();
      final long before = stores.processed();
      await(process, "all records", () -> stores.processed() >= events);
      await(process, "all rows", () -> stores.rows(connection) == events);
      double drained = since(quarter);
      long shown = System.nanoTime();
      await(process, "all windows", () -> stores.inWindows() == events);
      return new Drain(start, (events - before) / drained, since(shown));
    }
  }

  private static void await(
      ContenderProcess process, String what, java.util.concurrent.Callable<Boolean> happened)
      throws InterruptedException {
    Polling.until(
        MAX_TIME,
        what,
        () -> {
          process.mustRun();
          return happened.call();
        });
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
