package vn.phusa.runners.cli.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.cli.Launch;
import vn.phusa.runners.cli.SimulatedShops;
import vn.phusa.runners.cli.StagingArguments;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.simulator.MarketplaceSimulator;

/** The command line between simulated platforms, a staging database and a warehouse. */
final class ExtractRuns {
  private static final int MAX_RUNS = 10;

  private final Path folder;
  private final FreshDatabase warehouse;
  private final EmbeddedMongo mongo;

  ExtractRuns(Path folder, FreshDatabase warehouse, EmbeddedMongo mongo) throws IOException {
    this.folder = folder;
    this.warehouse = warehouse;
    this.mongo = mongo;
    Files.writeString(folder.resolve("warehouse.password"), warehouse.password());
  }

  /** The counts of a step, and how it ended. */
  record Counted(long read, long loaded, long rejected, long skipped, String status) {}

  /**
   * Describes the platforms.
   *
   * @param more keys of every platform's description, each on a line
   */
  Path describe(MarketplaceSimulator simulator, String more) throws IOException {
    return SimulatedShops.describe(
        folder.resolve("marketplaces.yaml"), simulator, (name, right) -> right, more);
  }

  List<String> warehouseArguments() {
    return List.of(
        "--warehouseUrl=" + warehouse.jdbcUrl(),
        "--warehouseUser=" + warehouse.user(),
        "--warehousePassword="
            + SecretReference.toFile(folder.resolve("warehouse.password").toAbsolutePath()));
  }

  /** The words of a command that reads platforms or staging. */
  List<String> arguments(String command, Path marketplaces, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(warehouseArguments());
    arguments.addAll(StagingArguments.of(mongo));
    arguments.add("--marketplaces=" + marketplaces);
    arguments.addAll(List.of(more));
    return arguments;
  }

  void migrate() {
    List<String> arguments = new ArrayList<>(List.of("migrate"));
    arguments.addAll(warehouseArguments());
    Launch.succeeds(arguments.toArray(new String[0]));
  }

  /** Extracts, and gives the counts of the run's steps; nothing may be unaccounted for. */
  Map<String, Counted> extract(Clock clock, Path marketplaces, String... more) throws SQLException {
    Launch.Ended ended =
        Launch.run(clock, arguments("extract", marketplaces, more).toArray(new String[0]));
    assertThat(ended.code()).as(ended.told()).isEqualTo(ExitCode.DONE);
    return lastSteps();
  }

  /**
   * Extracts until nothing is left: a platform that went wrong too often at one place, or whose
   * limits asked for too much patience, is gone on with by the next run.
   */
  void extractAll(Clock clock, Path marketplaces) throws SQLException {
    Launch.Ended ended = null;
    for (int run = 0; run < MAX_RUNS; run++) {
      ended = Launch.run(clock, arguments("extract", marketplaces).toArray(new String[0]));
      Map<String, Counted> steps = lastSteps();
      if (ended.code() == ExitCode.DONE
          && steps.values().stream().allMatch(step -> step.status().equals("succeeded"))) {
        return;
      }
      assertThat(ended.code()).as(ended.told()).isIn(ExitCode.DONE, ExitCode.PIPELINE_FAILED);
    }
    throw new AssertionError("not all extracted: " + ended.told());
  }

  /** The counts of the steps of the newest run. */
  Map<String, Counted> lastSteps() throws SQLException {
    Map<String, Counted> steps = new TreeMap<>();
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT step, rows_read, rows_loaded, rows_rejected, rows_skipped, status"
                    + " FROM etl_step WHERE run_id ="
                    + " (SELECT run_id FROM etl_run ORDER BY started DESC LIMIT 1)")) {
      while (row.next()) {
        Counted counted =
            new Counted(
                row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getString(6));
        assertThat(counted.read())
            .as(row.getString(1))
            .isEqualTo(counted.loaded() + counted.rejected() + counted.skipped());
        steps.put(row.getString(1), counted);
      }
    }
    return steps;
  }
}
