package vn.phusa.pipelines.io.warehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.FaultyNetwork;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class RunLockIT {

  private static final String HOLDER_IN_LEDGER =
      "SELECT count(*) = 1 FROM pg_locks JOIN pg_stat_activity USING (pid) JOIN etl_run"
          + " ON backend_pid = pg_locks.pid AND etl_run.backend_start ="
          + " pg_stat_activity.backend_start WHERE locktype = 'advisory'"
          + " AND objid = hashtext('half-open')::oid";

  private static TestDatabase database;
  private static DataSource warehouse;

  @BeforeAll
  static void create(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
    warehouse = database.dataSource();
  }

  @Test
  void aSecondRunOfTheSameCommandIsRefused() throws Exception {
    try (RunLock lock = RunLock.acquire(warehouse, "run")) {
      assertThat(lock.isHeld()).isTrue();
      assertThatThrownBy(() -> RunLock.acquire(warehouse, "run"))
          .isInstanceOf(AnotherRunActiveException.class);
      RunLock.acquire(warehouse, "stream").close();
    }

    RunLock.acquire(warehouse, "run").close();
  }

  @Test
  void theLockGoesWithTheSession() throws Exception {
    RunLock lost = RunLock.acquire(warehouse, "stream");
    endSessions();

    assertThat(lost.isHeld()).isFalse();
    RunLock.acquire(warehouse, "stream").close();
    lost.close();
  }

  @Test
  void aLockWhoseSessionWasLostIsTakenAnew() throws Exception {
    try (RunLock lock = RunLock.acquire(warehouse, "verified")) {
      lock.verify();
      endSessions();

      lock.verify();

      assertThat(lock.isHeld()).isTrue();
      assertThatThrownBy(() -> RunLock.acquire(warehouse, "verified"))
          .isInstanceOf(AnotherRunActiveException.class);
    }
    RunLock.acquire(warehouse, "verified").close();
  }

  @Test
  void aLostLockThatAnotherTookIsNotShared() throws Exception {
    RunLock lost = RunLock.acquire(warehouse, "taken");
    endSessions();
    try (RunLock other = RunLock.acquire(warehouse, "taken")) {
      assertThat(other.isHeld()).isTrue();
      assertThatThrownBy(lost::verify).isInstanceOf(AnotherRunActiveException.class);
      lost.close();
      assertThat(other.isHeld()).isTrue();
    }
  }

  @Test
  void aRunWhoseSessionIsGoneIsLeftUntilItsLockIsTakenAnew() throws Exception {
    RunLedger log = new RunLedger(warehouse);
    RunId run = begun();
    assertThat(isLeft(log, run)).as("just beginning").isFalse();
    try (RunLock lock = RunLock.acquire(warehouse, "watched")) {
      lock.holdFor(run);
      assertThat(isLeft(log, run)).isFalse();
      try (Connection reader = database.connect();
          Statement become = reader.createStatement()) {
        become.execute("SET ROLE pg_read_all_data"); // and not of others' sessions
        assertThat(isLeft(new RunHistory(reader).lastRuns(100), run)).isFalse();
      }

      endSessions();
      assertThat(isLeft(log, run)).as("its session was ended").isTrue();

      lock.verify();
      assertThat(isLeft(log, run)).as("it came back").isFalse();
    }
    assertThat(isLeft(log, run)).as("its lock was given back").isTrue();
    log.finish(run, RunStatus.SUCCEEDED, null);
    assertThat(isLeft(log, run)).as("it has ended").isFalse();
  }

  private static boolean isLeft(RunLedger log, RunId run) throws SQLException {
    return isLeft(log.lastRuns(100), run);
  }

  private static boolean isLeft(List<RunSummary> runs, RunId run) {
    return runs.stream()
        .filter(summary -> summary.id().equals(run))
        .findFirst()
        .orElseThrow()
        .isLeft();
  }

  /** As after a network that was away: the server has the old session, and its lock, for long. */
  @Test
  void aLockWhoseOldSessionTheServerStillHasIsTakenAnew(EmbeddedPostgres postgres)
      throws Exception {
    try (FaultyNetwork network = FaultyNetwork.to(postgres.port());
        RunLock lock = RunLock.acquire(database.dataSource(network.port()), "half-open")) {
      lock.holdFor(begun());
      network.dropSilently();

      lock.verify();

      assertThat(lock.isHeld()).isTrue();
      assertThatThrownBy(() -> RunLock.acquire(warehouse, "half-open"))
          .isInstanceOf(AnotherRunActiveException.class);
      assertThat(database.value(HOLDER_IN_LEDGER)).isEqualTo("t");
    }
  }

  @Test
  void theSessionOfAProcessThatIsGoneIsEnded() throws Exception {
    try (Connection left = database.connect()) {
      assertThat(RunLock.tryLock(left, "left")).isTrue();
      Process ended = new ProcessBuilder("true").start();
      ended.waitFor();
      reportHolder(left, ended.pid());

      RunLock.acquire(warehouse, "left").close();

      assertThat(left.isValid(5)).isFalse();
    }
  }

  @Test
  void theSessionOfAProcessThatLivesIsNot() throws Exception {
    try (Connection held = database.connect()) {
      assertThat(RunLock.tryLock(held, "living")).isTrue();
      RunId run = reportHolder(held, ProcessHandle.current().pid());

      Instant asked = Instant.now();
      assertThatThrownBy(() -> RunLock.acquire(warehouse, "living"))
          .isInstanceOfSatisfying(
              AnotherRunActiveException.class,
              e -> {
                assertThat(e.holder().orElseThrow().run()).isEqualTo(run);
                assertThat(e.holder().orElseThrow().place().orElseThrow())
                    .endsWith("pid " + ProcessHandle.current().pid());
              });
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(held.isValid(5)).isTrue();
    }
  }

  private static RunId begun() throws SQLException {
    return new RunLedger(warehouse).begin("run", Map.of());
  }

  /** A run in the ledger that holds the connection's session. */
  private static RunId reportHolder(Connection session, long pid) throws SQLException {
    RunId run = begun();
    RunProcess self = RunProcess.ofThisOne();
    try (PreparedStatement update =
        session.prepareStatement(
            "UPDATE etl_run SET host = ?, pid = ?, process = ?, backend_pid = pg_backend_pid(),"
                + " backend_start = (SELECT backend_start FROM pg_stat_activity"
                + " WHERE pid = pg_backend_pid()) WHERE run_id = ?")) {
      update.setString(1, self.host());
      update.setLong(2, pid);
      update.setString(3, self.mark());
      update.setObject(4, run.value());
      update.executeUpdate();
    }
    return run;
  }

  private static void endSessions() throws SQLException {
    database.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            + " WHERE locktype = 'advisory' AND database ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database())");
  }
}
