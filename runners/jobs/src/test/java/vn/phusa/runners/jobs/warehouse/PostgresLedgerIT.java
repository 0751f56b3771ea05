package vn.phusa.runners.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.phusa.runners.jobs.run.LeftJobs.NONE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.Ledger.Status;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.warehouse.WarehouseStatus.Run;
import vn.phusa.transforms.rules.Rules;

/** Runs of several kinds in one warehouse. */
@WithEmbeddedServices
class PostgresLedgerIT {
  @TempDir static Path folder;
  private static FreshDatabase database;
  private static WarehouseAdmin warehouse;

  private final Ledger batch = warehouse.ledger(RunKind.BATCH, NONE);
  private final Ledger extract = warehouse.ledger(RunKind.EXTRACT, NONE);

  @BeforeAll
  static void migrate(FreshDatabase fresh) throws Exception {
    database = fresh;
    Path password = Files.writeString(folder.resolve("password"), fresh.password());
    warehouse =
        new WarehouseAdmin(
            new DatabaseAddress(
                "warehouse",
                "warehouseUrl",
                fresh.jdbcUrl(),
                fresh.user(),
                SecretReference.toFile(password)));
    assertThat(warehouse.migrate(Rules.defaults())).startsWith("was created, version ");
    assertThat(warehouse.migrate(Rules.defaults())).startsWith("is up to date, version ");
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("TRUNCATE etl_run, etl_step CASCADE");
  }

  @Test
  void aRunThatIsPartlyDoneIsAtItsEndAndSaysWhatIsLeft() throws Exception {
    RunId run = batch.begin("run", Map.of());
    batch.stepStarted(run, "extract");
    batch.stepEnded(run, "extract", Status.PARTIAL, "lazada: quota");
    batch.ended(run, Status.PARTIAL, "lazada: quota");

    assertThat(batch.lastStopped("run")).isEmpty();
    Run shown = warehouse.status(5).runs().get(0);
    assertThat(shown.status()).isEqualTo("partial");
    assertThat(shown.error()).isEqualTo("lazada: quota");
    assertThat(shown.steps().get(0).status()).isEqualTo("partial");
  }

  @Test
  void aStepThatIsPartlyDoneIsNotDoneAgainByTheRunThatContinues() throws Exception {
    RunId run = batch.begin("run", Map.of());
    batch.stepStarted(run, "extract");
    batch.stepEnded(run, "extract", Status.PARTIAL, "lazada: quota");
    batch.stepStarted(run, "load-dimensions");
    batch.stepEnded(run, "load-dimensions", Status.FAILED, "no");
    batch.ended(run, Status.FAILED, "no");

    assertThat(batch.lastStopped("run").orElseThrow().done()).containsExactly("extract");
  }

  @Test
  void aStreamThatRunsIsNotClosedByABatch() throws Exception {
    RunId stream = extract.begin("extract", Map.of());
    extract.stepStarted(stream, "extract/lazada");

    batch.begin("run", Map.of());
    extract.stepContinues(stream, "extract/lazada");

    assertThat(statusOf("extract")).isEqualTo("running");
    extract.begin("extract", Map.of());
    assertThat(warehouse.status(5).runs())
        .filteredOn(run -> run.command().equals("extract"))
        .extracting(Run::status)
        .containsExactlyInAnyOrder("running", "aborted");
    assertThat(statusOf("run")).isEqualTo("running");
  }

  @Test
  void aRunWhoseClientIsGoneIsShownAsSuch() throws Exception {
    Ledger stream = warehouse.ledger(RunKind.STREAM, NONE);
    Ledger.Lease lease = stream.acquire();
    stream.begin("stream", Map.of());
    assertThat(warehouse.status(5).runs().get(0).error()).isNull();

    lease.close(); // as when its process ends without a word

    Run shown = warehouse.status(5).runs().get(0);
    assertThat(shown.status()).isEqualTo("running");
    assertThat(shown.error())
        .isEqualTo(
            "its client is gone or cut off (no session has its lock); the next start ends this"
                + " run");
    assertThat(stream.lastStopped("stream")).isPresent();
    assertThat(warehouse.status(5).runs().get(0).status()).isEqualTo("aborted");
  }

  @Test
  void whatALeftRunHasRunningEndsBeforeTheRunDoes() throws Exception {
    RunId stream = warehouse.ledger(RunKind.STREAM, NONE).begin("stream", Map.of());
    RunId load = batch.begin("run", Map.of());
    RunId foreign = RunId.random();
    List<RunId> over = new ArrayList<>();
    Ledger next =
        warehouse.ledger(
            RunKind.STREAM,
            runs -> {
              assertThat(statusOf("stream")).isEqualTo("running");
              over.addAll(runs.among(Set.of(stream, load, foreign)));
            });

    next.acquire().close();

    assertThat(over).containsExactly(stream);
  }

  @Test
  void whoCannotEndWhatALeftRunHasRunningDoesNotBegin() throws Exception {
    Ledger next =
        warehouse.ledger(
            RunKind.STREAM,
            runs -> {
              throw new ServiceUnavailableException("Flink: not cancelled", true, null);
            });

    assertThatThrownBy(next::acquire).isInstanceOf(ServiceUnavailableException.class);

    warehouse.ledger(RunKind.STREAM, NONE).acquire().close(); // the lock was given back
  }

  @Test
  void runsOfAKindExcludeOneAnotherAlone() throws Exception {
    try (Ledger.Lease lease = batch.acquire()) {
      batch.begin("load-facts", Map.of());
      assertThatThrownBy(batch::acquire)
          .isInstanceOf(AnotherRunActiveException.class)
          .hasMessageMatching(
              "another run is active \\(load-facts, since \\d{4}-\\d\\d-\\d\\d [\\d:]{8} \\+07:00,"
                  + " run [0-9a-f-]{36}, host \\S+, pid \\d+\\)");
      extract.acquire().close();

      // As a restart of the warehouse does it.
      execute(
          "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'"
              + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
      try (Ledger.Lease other = batch.acquire()) {
        other.verify();
        assertThatThrownBy(lease::verify)
            .isInstanceOf(AnotherRunActiveException.class)
            .hasMessage(
                "another run is active, which began while the warehouse was away from this one");
      }
      lease.verify();
      assertThatThrownBy(batch::acquire).isInstanceOf(AnotherRunActiveException.class);
    }
    batch.acquire().close();
  }

  private static String statusOf(String command) throws SQLException {
    return warehouse.status(5).runs().stream()
        .filter(run -> run.command().equals(command))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
