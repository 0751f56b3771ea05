package vn.phusa.runners.bench.stream;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import vn.phusa.runners.embedded.EmbeddedServices;

/**
 * Events a second from Kafka into PostgreSQL, Redis and Kafka, of {@code phusa stream} and of the
 * same job written by hand, each in a JVM of its own on embedded services with durable settings;
 * then how late events arrive at half of that rate, and whether memory grows.
 */
public final class StreamBenchmark {
  private final StreamBenchOptions options;
  private final BenchStores stores;
  private final PrintStream out;
  private final List<Contender> contenders;
  private final Map<Contender, List<Double>> rates = new EnumMap<>(Contender.class);

  private StreamBenchmark(StreamBenchOptions options, BenchStores stores, PrintStream out) {
    this.options = options;
    this.stores = stores;
    this.out = out;
    this.contenders =
        Arrays.stream(options.getContenders().split(",", -1)).map(Contender::of).toList();
  }

  public static void main(String[] arguments) throws Exception {
    StreamBenchOptions options =
        PipelineOptionsFactory.fromArgs(arguments).withValidation().as(StreamBenchOptions.class);
    Path home = Files.createDirectories(Path.of(options.getHome()));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (EmbeddedServices services = EmbeddedServices.at(home);
        BenchStores stores = new BenchStores(services)) {
      new StreamBenchmark(options, stores, out).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    out.printf(
        Locale.ROOT,
        "parallelism %d, checkpoints every %d ms, JVM %s, PostgreSQL with fsync %s, %d events%n",
        options.getCores(),
        options.getCheckpointMillis(),
        options.getJvm(),
        stores.fsync(),
        options.getEvents());
    if (options.getRuns() > 0) {
      drain();
    }
    steady();
  }

  private void drain() throws Exception {
    stores.emptyInput();
    new SaleEvents(stores.kafka()).backlog(options.getEvents());
    for (int run = 1; run <= options.getRuns(); run++) {
      double decoded = decode();
      out.printf(Locale.ROOT, "run %d  consumer  %9.0f events/s  (decodes only)%n", run, decoded);
      for (Contender contender : contenders) {
        Drain drain = Drain.measure(contender, options, stores, options.getEvents());
        rates.computeIfAbsent(contender, none -> new ArrayList<>()).add(drain.perSecond());
        out.printf(
            Locale.ROOT,
            "run %d  %-8s  %9.0f events/s  (of the consumer's %.3f; first record after %.1f s;"
                + " windows %.1f s later)%n",
            run,
            contender.label(),
            drain.perSecond(),
            drain.perSecond() / decoded,
            drain.startSeconds(),
            drain.windowsSeconds());
      }
      compare(run - 1);
    }
  }

  /** The second time counts: the first one warms the JVM, as the contenders' first quarter does. */
  private double decode() throws IOException {
    PlainDecoding.measure(stores.kafka(), options.getEvents());
    return PlainDecoding.measure(stores.kafka(), options.getEvents());
  }

  private void compare(int run) {
    if (rates.containsKey(Contender.FLINK) && rates.containsKey(Contender.PHUSA)) {
      out.printf(
          Locale.ROOT,
          "run %d  phusa / flink in events a second: %.2f%n",
          run + 1,
          rates.get(Contender.PHUSA).get(run) / rates.get(Contender.FLINK).get(run));
    }
  }

  private void steady() throws Exception {
    Optional<Double> perSecond = steadyRate();
    if (perSecond.isEmpty()) {
      return;
    }
    for (Contender contender : contenders) {
      long seconds = options.getSteadySeconds();
      if (contender == Contender.PHUSA) {
        seconds = Math.max(seconds, options.getMemorySeconds());
      }
      if (seconds > 0) {
        report(
            contender,
            perSecond.get(),
            Steady.measure(
                contender, options, stores, perSecond.get(), Duration.ofSeconds(seconds)));
      }
    }
  }

  private Optional<Double> steadyRate() {
    if (options.getRate() != null) {
      return Optional.of(options.getRate());
    }
    List<Double> drained =
        rates.getOrDefault(
            Contender.PHUSA, rates.getOrDefault(contenders.get(contenders.size() - 1), List.of()));
    return drained.stream().mapToDouble(rate -> rate / 2).average().stream().boxed().findFirst();
  }

  private void report(Contender contender, double perSecond, Steady steady) {
    out.printf(
        Locale.ROOT,
        "%-8s at %6.0f events/s: row committed after %.2f s (median) %.2f s (99 of 100), %d looked"
            + " for; in sales_processed after %.2f s, %.2f s; %d events under way at the start, %d at"
            + " the end%n",
        contender.label(),
        perSecond,
        steady.inTable().seconds(0.5),
        steady.inTable().seconds(0.99),
        steady.inTable().count(),
        steady.inTopic().seconds(0.5),
        steady.inTopic().seconds(0.99),
        steady.behindAtStart(),
        steady.behindAtEnd());
    List<Long> heap = steady.heapBytes();
    if (!heap.isEmpty()) {
      int third = Math.max(1, heap.size() / 3);
      out.printf(
          Locale.ROOT,
          "%-8s heap after a collection, median: %.0f MB in the first third, %.0f MB in the last (%d"
              + " collections), most %.0f MB%n",
          contender.label(),
          median(heap.subList(0, third)),
          median(heap.subList(heap.size() - third, heap.size())),
          heap.size(),
          heap.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6);
    }
  }

  /** In MB. Not the mean: a collection in the midst of a flush finds all of its rows. */
  private static double median(List<Long> bytes) {
    return bytes.stream().sorted().toList().get(bytes.size() / 2) / 1e6;
  }
}
