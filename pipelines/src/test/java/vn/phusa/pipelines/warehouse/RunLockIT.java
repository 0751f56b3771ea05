package vn.phusa.pipelines.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class RunLockIT {

  private static TestDatabase database;
  private static DataSource warehouse;

  @BeforeAll
  static void create(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.empty(postgres);
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

  private static void endSessions() throws SQLException {
    database.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            + " WHERE locktype = 'advisory' AND database ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database())");
  }
}
