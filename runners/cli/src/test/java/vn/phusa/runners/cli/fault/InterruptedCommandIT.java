package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.FaultyNetwork;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.samples.SampleShop;

/** A signal in the middle of a command: it ends soon, and the ledger says that it was stopped. */
@WithEmbeddedServices
class InterruptedCommandIT {
  private static final Logger LOG = LoggerFactory.getLogger(InterruptedCommandIT.class);
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));

  /** Five seconds are promised; a machine that is busy with other tests is slower. */
  private static final Duration SOON = Deadline.scaled(Duration.ofSeconds(15));

  @TempDir private Path folder;
  private ShopAndWarehouse databases;

  @BeforeEach
  void migrate(EmbeddedPostgres postgres) throws Exception {
    databases = ShopAndWarehouse.in(postgres, "interrupted");
    try (Connection shop = databases.shop()) {
      SampleShop.create(7, 200, 4_000, Instant.parse("2025-06-30T12:00:00Z")).writeTo(shop);
    }
    assertThat(databases.onWarehouse("migrate").code()).isZero();
  }

  @AfterEach
  void drop() throws Exception {
    databases.close();
  }

  @ParameterizedTest
  @CsvSource({"INT, DirectRunner", "TERM, FlinkRunner"})
  void aLoadIsAborted(String signal, String runner) throws Exception {
    List<String> arguments = new ArrayList<>(databases.loadArguments("load-facts"));
    arguments.addAll(List.of("--runner=" + runner, "--waveRows=100"));

    Ended ended =
        interrupt(
            arguments,
            signal,
            () -> databases.countInWarehouse("SELECT count(*) FROM fact_sales") >= 200);

    isAborted(ended, "load-facts");
    assertThat(databases.countInWarehouse("SELECT count(*) FROM fact_sales")).isLessThan(3_000);
    assertThat(databases.load("load-facts").code()).isZero();
  }

  /** No interruption reaches a thread that waits for a database. */
  @Test
  void aStatementThatWaitsForALockIsAborted() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("refresh-marts"));
    arguments.addAll(databases.warehouseArguments());
    try (Connection other = databases.warehouse();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE fact_sales IN ACCESS EXCLUSIVE MODE");

      Ended ended =
          interrupt(
              arguments,
              "HUP",
              () ->
                  databases.countInWarehouse(
                          "SELECT count(*) FROM pg_locks WHERE NOT granted"
                              + " AND database = (SELECT oid FROM pg_database"
                              + " WHERE datname = current_database())")
                      > 0);

      isAborted(ended, "refresh-marts");
    }
  }

  /** Neither a cancelled statement nor an interruption is heard of where nothing answers. */
  @ParameterizedTest
  @CsvSource({"true, running", "false, aborted"})
  void aWarehouseThatDoesNotAnswerIsNotWaitedFor(boolean isAllSilent, String status)
      throws Exception {
    int port = URI.create(databases.warehouseAddress().url().substring("jdbc:".length())).getPort();
    try (FaultyNetwork network = FaultyNetwork.to(port)) {
      List<String> arguments = new ArrayList<>(List.of("load-facts"));
      arguments.addAll(databases.shopArguments());
      databases
          .warehouseArguments()
          .forEach(
              word -> arguments.add(word.replace(":" + port + "/", ":" + network.port() + "/")));
      arguments.add("--waveRows=100");

      Ended ended =
          interrupt(
              arguments,
              "TERM",
              () -> {
                if (databases.countInWarehouse("SELECT count(*) FROM fact_sales") < 200) {
                  return false;
                }
                if (isAllSilent) {
                  network.stall();
                } else {
                  network.dropSilently();
                }
                return true;
              });

      assertThat(ended.code).as(ended.told).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(ended.told.lines().filter(line -> line.startsWith("phusa: ")))
          .containsExactly("phusa: stopped");
      LOG.info("ended {} ms after the signal", ended.took.toMillis());
      assertThat(ended.took).isLessThan(SOON);
      assertThat(databases.warehouseRows("SELECT status FROM etl_run WHERE command = 'load-facts'"))
          .containsExactly(List.of(status));
    }
    assertThat(databases.load("load-facts").code()).isZero();
    assertThat(
            databases.warehouseRows(
                "SELECT status FROM etl_run WHERE command = 'load-facts' ORDER BY started"))
        .containsExactly(List.of("aborted"), List.of("succeeded"));
  }

  private void isAborted(Ended ended, String command) throws Exception {
    assertThat(ended.code).as(ended.told).isEqualTo(ExitCode.INTERRUPTED.number());
    assertThat(ended.told.lines().filter(line -> line.startsWith("phusa: ")))
        .containsExactly("phusa: stopped");
    assertThat(
            databases.warehouseRows(
                "SELECT command, status, error FROM etl_run WHERE command <> 'migrate'"))
        .containsExactly(List.of(command, "aborted", "stopped"));
    assertThat(
            databases.warehouseRows(
                "SELECT DISTINCT status, error FROM etl_step WHERE status <> 'succeeded'"))
        .containsExactly(List.of("aborted", "stopped"));
    LOG.info("{} ended {} ms after the signal", command, ended.took.toMillis());
    assertThat(ended.took).isLessThan(SOON);
  }

  private record Ended(int code, String told, Duration took) {}

  /** Starts a command, and sends it the signal when it is in the middle of its work. */
  private Ended interrupt(List<String> arguments, String signal, Callable<Boolean> inTheMiddle)
      throws Exception {
    Path output = folder.resolve("output");
    Process process = start(arguments, output);
    try {
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .failFast(() -> assertThat(process.isAlive()).as(Files.readString(output)).isTrue())
          .until(inTheMiddle);
      long start = System.nanoTime();
      // The shell's own: a bare machine has no program of that name.
      new ProcessBuilder("sh", "-c", "kill -" + heard(signal) + " " + process.pid())
          .start()
          .waitFor();
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Ended(process.exitValue(), Files.readString(output), took);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The signal, or TERM where whoever started the tests has let it be ignored, as nohup does. */
  private static String heard(String signal) throws IOException {
    int number = new Signal(signal).getNumber();
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow()
            .split("\\s+")[1];
    boolean isIgnored = (Long.parseUnsignedLong(ignored, 16) >> (number - 1) & 1) == 1;
    return isIgnored ? "TERM" : signal;
  }

  private static Process start(List<String> arguments, Path output) throws IOException {
    List<String> command = JavaProcess.line();
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
