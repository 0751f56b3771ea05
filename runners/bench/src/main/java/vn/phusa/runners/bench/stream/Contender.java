package vn.phusa.runners.bench.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import vn.phusa.runners.embedded.process.JavaProcess;

/** Who keeps the sinks up to date. */
enum Contender {
  /** The job that is written by hand for Flink. */
  FLINK,
  /** {@code phusa stream} on the FlinkRunner. */
  PHUSA;

  static Contender of(String name) {
    return valueOf(name.strip().toUpperCase(Locale.ROOT));
  }

  /** As options and tables call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Starts it in a JVM of its own, reading from the beginning of the topic.
   *
   * @param heapLog where it notes its memory periodically; null for not at all
   */
  ContenderProcess start(StreamBenchOptions options, BenchStores stores, Path heapLog)
      throws IOException {
    List<String> line = JavaProcess.line();
    line.add("-XX:+UseParallelGC");
    line.add("-Dphusa.terminal=false");
    line.addAll(arguments(options.getJvm()));
    if (heapLog != null) {
      line.add("-D" + WatchedMain.HEAP_LOG + "=" + heapLog.toAbsolutePath());
    }
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add(WatchedMain.class.getName());
    line.addAll(this == FLINK ? byHand(options, stores) : phusa(options, stores));
    return ContenderProcess.start(
        line, Path.of(options.getHome()).resolve("stream-" + label() + ".log"));
  }

  private static List<String> byHand(StreamBenchOptions options, BenchStores stores) {
    return List.of(
        "vn.phusa.runners.bench.byhand.SalesJob",
        "--parallelism",
        Integer.toString(options.getCores()),
        "--checkpointMillis",
        Long.toString(options.getCheckpointMillis()),
        "--group",
        "bench-" + UUID.randomUUID(),
        "--kafka",
        stores.bootstrapServers(),
        "--kafkaProperties",
        stores.kafkaFile().toString(),
        "--redis",
        stores.redisUri(),
        "--jdbc",
        stores.jdbcUrl(),
        "--user",
        stores.user(),
        "--passwordFile",
        stores.passwordFile().toString());
  }

  private static List<String> phusa(StreamBenchOptions options, BenchStores stores) {
    List<String> line = new ArrayList<>();
    line.add("vn.phusa.runners.cli.main.Main");
    line.add("stream");
    line.add("--runner=FlinkRunner");
    line.add("--parallelism=" + options.getCores());
    line.add("--checkpointingInterval=" + options.getCheckpointMillis());
    line.add("--topics=" + BenchStores.IN);
    line.add("--startPosition=earliest");
    line.add("--consumerGroup=bench-" + UUID.randomUUID());
    line.add("--kafkaBootstrapServers=" + stores.bootstrapServers());
    line.add("--kafkaProperties=" + stores.kafkaProperties());
    line.add("--redisUri=" + stores.redisAddress());
    line.add("--redisPassword=" + secret(stores.redisPasswordFile()));
    line.add("--warehouseUrl=" + stores.jdbcUrl());
    line.add("--warehouseUser=" + stores.user());
    line.add("--warehousePassword=" + secret(stores.passwordFile()));
    line.addAll(arguments(options.getStreamArguments()));
    return line;
  }

  private static String secret(Path file) {
    return "${file:" + file.toAbsolutePath() + "}";
  }

  private static List<String> arguments(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
