package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.LoadedRows;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;
import vn.phusa.runners.samples.SampleShop;

/** A load that dies in the middle, or loses its database: the next one ends in the same rows. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledLoadIT {
  private static final long SEED = 20_260_301;
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));
  private static final int CUSTOMERS = 1_000;
  private static final int ORDERS = 6_000;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private ShopAndWarehouse undisturbed;

  @BeforeAll
  void loadUndisturbed(EmbeddedPostgres postgres) throws Exception {
    undisturbed = ShopAndWarehouse.in(postgres, "undisturbed");
    try (Connection shop = undisturbed.shop()) {
      SampleShop.create(SEED, CUSTOMERS, ORDERS, Instant.parse("2025-06-30T12:00:00Z"))
          .writeTo(shop);
    }
    done(undisturbed.onWarehouse("migrate"));
    done(undisturbed.load("load-dimensions"));
    done(undisturbed.load("load-facts"));
  }

  @AfterAll
  void drop() throws Exception {
    undisturbed.close();
  }

  @Test
  void aKilledLoadOfDimensionsIsDoneAgain(EmbeddedPostgres postgres) throws Exception {
    ShopAndWarehouse killed = undisturbed.withWarehouse(postgres, "killed_dimensions");
    try {
      done(killed.onWarehouse("migrate"));
      killInTheMiddle(killed, "load-dimensions", "dim_customer", 100, CUSTOMERS / 2);

      loadAgain(killed, "load-dimensions", "customers");

      assertSame(LoadedRows.ofDimensions(killed), withoutInferred(undisturbed));
    } finally {
      postgres.dropDatabase("killed_dimensions");
    }
  }

  @Test
  void aKilledLoadOfFactsIsDoneAgain(EmbeddedPostgres postgres) throws Exception {
    ShopAndWarehouse killed = undisturbed.withWarehouse(postgres, "killed_facts");
    try {
      done(killed.onWarehouse("migrate"));
      done(killed.load("load-dimensions"));
      killInTheMiddle(killed, "load-facts", "fact_sales", 500, ORDERS / 2);

      loadAgain(killed, "load-facts", "orders");

      assertSame(LoadedRows.ofFacts(killed), LoadedRows.ofFacts(undisturbed));
      assertSame(LoadedRows.ofDimensions(killed), LoadedRows.ofDimensions(undisturbed));
    } finally {
      postgres.dropDatabase("killed_facts");
    }
  }

  @Test
  void aWarehouseThatIsKilledLosesNothing() throws Exception {
    Path home = Path.of(System.getProperty("basedir", ""), "target", "killed-warehouse");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (EmbeddedServices services = EmbeddedServices.forTests(home)) {
      EmbeddedPostgres server = services.postgres();
      ShopAndWarehouse killed = undisturbed.withWarehouse(server, "killed");
      done(killed.onWarehouse("migrate"));
      done(killed.load("load-dimensions"));
      Future<ShopAndWarehouse.Ended> load =
          thread.submit(() -> killed.load("load-facts", "--waveRows=500"));
      int enough = 1 + random.nextInt(ORDERS / 2);
      awaitRows(killed, "fact_sales", enough, load::isDone);
      server.kill();
      server.restart();
      assertThat(killed.countInWarehouse(countOf("fact_sales")))
          .as("seed " + SEED)
          .isBetween((long) enough, ORDERS - 1L);

      ShopAndWarehouse.Ended ended = load.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (ended.code() != 0) {
        assertThat(ended.code()).as(ended.all()).isIn(3, 4);
        assertThat(ended.err().lines().filter(line -> line.startsWith("phusa: "))).hasSize(1);
        done(killed.load("load-facts", "--waveRows=500"));
      }

      assertSame(LoadedRows.ofFacts(killed), LoadedRows.ofFacts(undisturbed));
      assertSame(LoadedRows.ofDimensions(killed), LoadedRows.ofDimensions(undisturbed));
      assertThat(LoadedRows.unconservedSteps(killed)).isEmpty();
    } finally {
      thread.shutdownNow();
    }
  }

  /** Starts the command as a process of its own, and kills it when some rows are committed. */
  private void killInTheMiddle(
      ShopAndWarehouse databases, String command, String table, int least, int most)
      throws Exception {
    int enough = least + random.nextInt(most - least);
    File output = folder.resolve(command).toFile();
    List<String> arguments = JavaProcess.line();
    arguments.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp"));
    arguments.add(System.getProperty("java.class.path"));
    arguments.add(Main.class.getName());
    arguments.addAll(databases.loadArguments(command));
    arguments.add("--waveRows=" + least);
    Process process =
        new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(output).start();
    try {
      awaitRows(databases, table, enough, () -> !process.isAlive());
      assertThat(process.isAlive()).as(Files.readString(output.toPath())).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(databases.countInWarehouse(countOf(table)))
        .as("seed %s, killed after %s rows", SEED, enough)
        .isBetween((long) enough, undisturbed.countInWarehouse(countOf(table)) - 1);
  }

  /** At once, as the one who sees it die does. */
  private void loadAgain(ShopAndWarehouse databases, String command, String kind) throws Exception {
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM etl_watermark WHERE kind = '%s'".formatted(kind)))
        .isZero();
    String before = databases.shopRows("SELECT clock_timestamp() AT TIME ZONE 'UTC'").get(0).get(0);

    done(databases.load(command));

    assertThat(
            databases.warehouseRows(
                "SELECT status FROM etl_run WHERE command = '%s' ORDER BY started"
                    .formatted(command)))
        .containsExactly(List.of("aborted"), List.of("succeeded"));
    assertThat(
            databases.warehouseRows(
                "SELECT position::timestamptz AT TIME ZONE 'UTC' BETWEEN '%s' AND".formatted(before)
                    + " clock_timestamp() AT TIME ZONE 'UTC' FROM etl_watermark WHERE kind = '%s'"
                        .formatted(kind)))
        .containsExactly(List.of("t"));
    assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
    assertThat(
            databases.warehouseRows(
                "SELECT rows_read = %s, rows_loaded > 0, rows_skipped > 0 FROM etl_step"
                        .formatted(
                            undisturbed.countInWarehouse(
                                "SELECT rows_read FROM etl_step WHERE step LIKE '%/" + kind + "'"))
                    + " WHERE status = 'succeeded' AND step LIKE '%/oltp/"
                    + kind
                    + "'"))
        .containsExactly(List.of("t", "t", "t"));
  }

  private static String countOf(String table) {
    return "SELECT count(*) FROM " + table;
  }

  /** Until so many rows are committed, or the load is over. */
  private static void awaitRows(
      ShopAndWarehouse databases, String table, int enough, BooleanSupplier over) throws Exception {
    // One connection for all polls: to open one costs more than the load that is watched.
    try (Connection connection = databases.warehouse();
        PreparedStatement count = connection.prepareStatement(countOf(table))) {
      await("rows of " + table)
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> over.getAsBoolean() || rows(count) >= enough);
    }
  }

  private static long rows(PreparedStatement count) throws SQLException {
    try (ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The rows of before the facts. */
  private static List<String> withoutInferred(ShopAndWarehouse databases) throws Exception {
    return LoadedRows.ofDimensions(databases).stream()
        .filter(row -> !row.contains("\"is_inferred\": true"))
        .toList();
  }

  private static void assertSame(List<String> actual, List<String> expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
  }

  private static void done(ShopAndWarehouse.Ended ended) {
    assertThat(ended.code()).as(ended.all()).isZero();
  }
}
