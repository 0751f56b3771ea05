package vn.phusa.runners.bench.stream;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How late events arrive, and what the memory does, while they come at a steady rate.
 *
 * @param inTable from being sent to being found as a committed row
 * @param inTopic from being sent to being got from sales_processed
 * @param behindAtStart events under way when measuring began
 * @param behindAtEnd when it ended; where it grows, the rate is more than can be sustained and the
 *     latencies mean nothing
 * @param heapBytes what the heap held after collections, in order
 */
record Steady(
    Latencies inTable,
    Latencies inTopic,
    long behindAtStart,
    long behindAtEnd,
    List<Long> heapBytes) {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration WARM = Duration.ofSeconds(30);
  private static final Duration CATCH_UP = Duration.ofMinutes(4);
  private static final int BEHIND_SECONDS = 5;
  private static final Duration REST = Duration.ofMinutes(2);
  private static final int PROBES_A_SECOND = 50;

  /** Lets it work for a while, from when it is warm and has caught up. */
  static Steady measure(
      Contender contender,
      StreamBenchOptions options,
      BenchStores stores,
      double perSecond,
      Duration length)
      throws Exception {
    stores.emptyInput();
    stores.emptyOutputs();
    Path heap = Path.of(options.getHome()).resolve("heap-" + contender.label() + ".log");
    Files.deleteIfExists(heap);
    try (ContenderProcess process = contender.start(options, stores, heap);
        Probes probes = new Probes(stores, (long) (perSecond / PROBES_A_SECOND))) {
      boolean[] stopped = {false};
      Thread sender =
          new Thread(
              () ->
                  new SaleEvents(stores.kafka())
                      .steady(
                          perSecond,
                          () -> {
                            synchronized (stopped) {
                              return stopped[0];
                            }
                          },
                          probes::sent),
              "sender");
      sender.start();
      try {
        Polling.until(
            START,
            "the first records",
            () -> {
              process.mustRun();
              return probes.seen() > 0;
            });
        Thread.sleep(WARM.toMillis());
        // What came while the JVM started is a backlog of its own.
        Polling.until(
            CATCH_UP,
            "the end of what came while it started",
            () -> {
              process.mustRun();
              return probes.behind() < perSecond * BEHIND_SECONDS;
            });
        int notesBefore = notes(heap).size();
        long behindAtStart = probes.behind();
        probes.take(true);
        Thread.sleep(length.toMillis());
        process.mustRun();
        long behindAtEnd = probes.behind();
        List<Long> bytes = notes(heap);
        probes.take(false);
        Polling.until(REST, "the last of those that were looked for", probes::allFound);
        return new Steady(
            probes.inTable(),
            probes.inTopic(),
            behindAtStart,
            behindAtEnd,
            bytes.subList(notesBefore, bytes.size()));
      } finally {
        synchronized (stopped) {
          stopped[0] = true;
        }
        sender.join();
      }
    }
  }

  private static List<Long> notes(Path file) throws java.io.IOException {
    return Files.exists(file)
        ? Files.readAllLines(file, StandardCharsets.UTF_8).stream().map(Long::valueOf).toList()
        : List.of();
  }
}
