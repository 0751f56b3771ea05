package vn.phusa.pipelines.io.warehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class RunLedgerIT {

  private static TestDatabase database;

  private RunLedger log;

  @BeforeAll
  static void migrate(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
  }

  @BeforeEach
  void empty() throws SQLException {
    database.execute("TRUNCATE etl_run, etl_step, etl_count, dead_letter");
    log = new RunLedger(database.dataSource());
  }

  @Test
  void aRunIsWrittenDownWithItsOptions() throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("oltpUrl", "jdbc:postgresql://db/shop");
    options.put("from", null);

    RunId run = log.begin("load-facts", options);

    assertThat(
            database.rows(
                "SELECT command, status, ended, options->>'oltpUrl',"
                    + " jsonb_typeof(options->'from') FROM etl_run WHERE run_id = '"
                    + run
                    + "'"))
        .containsExactly("load-facts | running | null | jdbc:postgresql://db/shop | null");
  }

  @Test
  void aFinishedStepSumsWhatItsPartsCounted() throws Exception {
    RunId run = log.begin("load-facts", Map.of());
    log.beginStep(run, "load-sales");
    count(run, "load-sales", "reader", 10, 0, 0, 0, 0);
    count(run, "load-sales", "buffer-1", 0, 5, 1, 2, 1);
    count(run, "load-sales", "buffer-2", 0, 2, 0, 1, 0);
    count(run, "load-other", "buffer-3", 0, 99, 0, 0, 0);
    reject(run, "load-sales", "a");
    reject(run, "load-sales", "b");
    reject(run, "load-other", "c");

    RowCounts counts = log.finishStep(run, "load-sales");

    assertThat(counts).isEqualTo(new RowCounts(10, 7, 2, 1, 3, 1));
    assertThat(counts.isConserved()).isTrue();
    assertThat(
            database.rows(
                "SELECT status, rows_read, rows_loaded, rows_rejected, rows_skipped,"
                    + " versions_opened, versions_closed, ended IS NOT NULL FROM etl_step"))
        .containsExactly("succeeded | 10 | 7 | 2 | 1 | 3 | 1 | t");
    assertThat(database.rows("SELECT step FROM etl_count")).containsExactly("load-other");
  }

  @Test
  void rowsThatVanishedAreFound() throws Exception {
    RunId run = log.begin("load-facts", Map.of());
    log.beginStep(run, "good");
    count(run, "good", "all", 3, 2, 1, 0, 0);
    log.beginStep(run, "bad");
    count(run, "bad", "all", 3, 2, 0, 0, 0);

    assertThat(log.finishStep(run, "good").isConserved()).isTrue();
    RowCounts bad = log.finishStep(run, "bad");

    assertThat(bad.unaccounted()).isEqualTo(1);
    assertThat(bad.isConserved()).isFalse();
  }

  @Test
  void aStepThatIsPartlyDoneSaysWhatIsLeft() throws Exception {
    RunId run = log.begin("extract", Map.of());
    log.beginStep(run, "extract/lazada/products");
    count(run, "extract/lazada/products", "all", 3, 3, 0, 0, 0);

    assertThat(log.pauseStep(run, "extract/lazada/products", "the quota is used up").read())
        .isEqualTo(3);

    StepSummary step = log.lastRuns(1).get(0).steps().get(0);
    assertThat(step.status()).isEqualTo(RunStatus.PARTIAL);
    assertThat(step.error()).isEqualTo("the quota is used up");
    assertThat(step.ended()).isNotNull();
  }

  @Test
  void aStepThatIsTriedAgainCountsItsLastAttempt() throws Exception {
    RunId run = log.begin("run", Map.of());
    log.beginStep(run, "load-sales");
    count(run, "load-sales", "reader", 4, 0, 0, 0, 0);
    count(run, "load-sales", "buffer-1", 0, 3, 0, 0, 0);
    reject(run, "load-sales", "a");
    RowCounts failed = log.failStep(run, "load-sales", "connection lost");
    assertThat(failed).isEqualTo(new RowCounts(4, 3, 1, 0, 0, 0));

    log.beginStep(run, "load-sales");
    count(run, "load-sales", "reader", 5, 0, 0, 0, 0);
    count(run, "load-sales", "buffer-2", 0, 1, 3, 0, 0);
    // The record that was rejected is good now; another is not.
    reject(run, "load-sales", "b");
    RowCounts counts = log.finishStep(run, "load-sales");

    assertThat(counts).isEqualTo(new RowCounts(5, 1, 1, 3, 0, 0));
    assertThat(database.value("SELECT count(*) FROM dead_letter WHERE run_id IS NULL"))
        .isEqualTo("1");
    assertThat(database.rows("SELECT status, error FROM etl_step"))
        .containsExactly("succeeded | null");
  }

  @Test
  void aWorkerThatOutlivesItsAttemptIsNotCounted() throws Exception {
    RunId run = log.begin("run", Map.of());
    StepId first = new StepId(run, "load-sales", log.beginStep(run, "load-sales"));
    try (Connection late = database.connect()) {
      late.setAutoCommit(false);
      CurrentAttempt.hold(late, first);
      try (Statement insert = late.createStatement()) {
        insert.execute(
            "INSERT INTO etl_count VALUES ('%s', 'load-sales', 'late', 0, 3, 0, 0, 0)"
                .formatted(run));
      }
      CompletableFuture<Integer> second =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return log.beginStep(run, "load-sales");
                } catch (SQLException e) {
                  throw new CompletionException(e);
                }
              });
      Awaitility.await("the next attempt waits for what is about to be committed")
          .until(
              () -> database.value("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("1"));
      late.commit();

      assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo(2);
      assertThatThrownBy(() -> CurrentAttempt.hold(late, first))
          .isInstanceOf(AttemptOverException.class)
          .hasMessage("attempt 1 of load-sales is over");
    }
    assertThat(log.finishStep(run, "load-sales")).isEqualTo(new RowCounts(0, 0, 0, 0, 0, 0));
  }

  @Test
  void aStreamSumsAsItGoes() throws Exception {
    RunId run = log.begin("stream", Map.of());
    log.beginStep(run, "sales");
    count(run, "sales", "1", 3, 3, 0, 0, 0);
    log.progress(run, "sales");
    count(run, "sales", "2", 2, 1, 1, 0, 0);

    assertThat(log.progress(run, "sales")).isEqualTo(new RowCounts(5, 4, 0, 1, 0, 0));
    assertThat(database.rows("SELECT status FROM etl_step")).containsExactly("running");
  }

  @Test
  void aStepThatWasNotBegunCannotEnd() throws Exception {
    RunId run = log.begin("run", Map.of());

    assertThatThrownBy(() -> log.finishStep(run, "never"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> log.finish(RunId.random(), RunStatus.FAILED, "x"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRunTakesItsRunningStepsWithIt() throws Exception {
    RunId run = log.begin("run", Map.of());
    log.beginStep(run, "done");
    log.finishStep(run, "done");
    log.beginStep(run, "cut short");
    count(run, "cut short", "1", 3, 3, 0, 0, 0);

    log.finish(run, RunStatus.FAILED, "the disk is full");

    RunSummary summary = log.lastRuns(1).get(0);
    assertThat(summary.id()).isEqualTo(run);
    assertThat(summary.command()).isEqualTo("run");
    assertThat(summary.status()).isEqualTo(RunStatus.FAILED);
    assertThat(summary.error()).isEqualTo("the disk is full");
    assertThat(summary.ended()).isAfterOrEqualTo(summary.started());
    assertThat(summary.steps())
        .extracting(StepSummary::step, StepSummary::status, step -> step.counts().loaded())
        .containsExactly(
            tuple("done", RunStatus.SUCCEEDED, 0L), tuple("cut short", RunStatus.ABORTED, 3L));
  }

  @Test
  void runsOfADeadProcessAreAborted() throws Exception {
    RunId dead = log.begin("run", Map.of());
    log.beginStep(dead, "load-sales");
    RunId other = log.begin("stream", Map.of());
    RunId done = log.begin("run", Map.of());
    log.finish(done, RunStatus.SUCCEEDED, null);

    List<RunId> abandoned = log.abandonStale("run");

    assertThat(abandoned).containsExactly(dead);
    assertThat(status(dead)).isEqualTo("aborted");
    assertThat(status(other)).isEqualTo("running");
    assertThat(status(done)).isEqualTo("succeeded");
    assertThat(database.rows("SELECT status FROM etl_step")).containsExactly("aborted");
    assertThat(log.abandonStale("run")).isEmpty();
  }

  @Test
  void theLastRunsComeNewestFirst() throws Exception {
    log.begin("first", Map.of());
    RunId second = log.begin("second", Map.of());
    RunId third = log.begin("third", Map.of());

    assertThat(log.lastRuns(2)).extracting(RunSummary::id).containsExactly(third, second);
  }

  private static String status(RunId run) throws SQLException {
    return database.value("SELECT status FROM etl_run WHERE run_id = '" + run + "'");
  }

  private static void count(
      RunId run,
      String step,
      String part,
      int read,
      int loaded,
      int skipped,
      int opened,
      int closed)
      throws SQLException {
    database.execute(
        "INSERT INTO etl_count VALUES ('%s', '%s', '%s', %d, %d, %d, %d, %d)"
            .formatted(run, step, part, read, loaded, skipped, opened, closed));
  }

  private static void reject(RunId run, String step, String id) throws SQLException {
    database.execute(
        "INSERT INTO dead_letter (id, run_id, step, stage, reason) VALUES ('%s', '%s', '%s', 's', 'r')"
            .formatted(id, run, step));
  }
}
