package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.main.Main;

/**
 * A command as a process of its own.
 *
 * @param process of the JVM, or what runs it on another machine
 * @param written both of its outputs
 * @param isHere whether it runs on this machine
 */
record Client(Process process, Path written, boolean isHere) {
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  /**
   * Starts it.
   *
   * @param machine where; null: here
   */
  static Client start(List<String> arguments, Path output, @Nullable RemovableMachine machine)
      throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx768m"));
    all.addAll(List.of("--add-opens=java.base/java.util=ALL-UNNAMED", "-cp"));
    all.add(System.getProperty("java.class.path"));
    all.add(Main.class.getName());
    all.addAll(arguments);
    Process process =
        new ProcessBuilder(machine == null ? all : machine.on(all))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Client(process, output, machine == null);
  }

  String output() throws IOException {
    return Files.readString(written);
  }

  /** Waits until its run stands in the ledger, as held by it. */
  Instant awaitRun(ShopAndWarehouse warehouse) throws Exception {
    Instant begun = awaitRunOrEnd(warehouse);
    assertThat(process.isAlive() || hasRun(warehouse)).as(output()).isTrue();
    return begun;
  }

  /** As {@link #awaitRun}, but it may end without one. */
  Instant awaitRunOrEnd(ShopAndWarehouse warehouse) {
    await("a run, or the end of " + written)
        .atMost(LIMIT)
        .pollInterval(POLL_INTERVAL)
        .until(() -> !process.isAlive() || hasRun(warehouse));
    return Instant.now();
  }

  private boolean hasRun(ShopAndWarehouse warehouse) throws SQLException {
    String held =
        isHere
            ? "host <> '%s' AND pid = %s".formatted(RemovableMachine.HOST, process.pid())
            : "host = '%s'".formatted(RemovableMachine.HOST);
    try {
      return warehouse.countInWarehouse("SELECT count(*) FROM etl_run WHERE " + held) > 0;
    } catch (SQLException e) {
      // A database that was killed recovers in its own time on a busy machine: it is asked again.
      if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
        return false;
      }
      throw e;
    }
  }

  /** Whether it ends within that time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Its exit code. */
  int awaitEnd() throws Exception {
    assertThat(endsWithin(LIMIT)).as(output()).isTrue();
    return process.exitValue();
  }

  /** With SIGKILL; harmless when it has ended. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
