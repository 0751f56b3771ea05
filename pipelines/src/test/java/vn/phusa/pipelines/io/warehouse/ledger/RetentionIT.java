package vn.phusa.pipelines.io.warehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class RetentionIT {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

  private static final Duration LONG = Duration.ofMinutes(5);

  private static final RunId NONE = new RunId(new UUID(0, 0));

  private TestDatabase database;

  @BeforeEach
  void fill(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
    database.execute(
        """
        INSERT INTO etl_run (run_id, command, started, ended, status)
        SELECT gen_random_uuid(), 'old', '2025-01-01', '2025-01-02', 'succeeded'
        FROM generate_series(1, 7);
        INSERT INTO etl_run (run_id, command, started, ended, status) VALUES
          (gen_random_uuid(), 'stream', '2025-01-01', NULL, 'running'),
          (gen_random_uuid(), 'new', '2026-05-31', '2026-05-31', 'failed');
        INSERT INTO etl_step (run_id, step) SELECT run_id, 'load' FROM etl_run;
        INSERT INTO etl_count (run_id, step, part) SELECT run_id, 'load', 'p' FROM etl_run;
        INSERT INTO quality_result (stage, check_name, status, checked_at)
        VALUES ('raw', 'old', 'passed', '2025-01-01'), ('raw', 'new', 'passed', '2026-05-31');
        INSERT INTO dead_letter (id, stage, reason, seen_at)
        VALUES ('old', 's', 'r', '2025-01-01'), ('new', 's', 'r', '2026-05-31');
        INSERT INTO etl_watermark VALUES ('oltp', 'orders', '2020-01-01T00:00:00Z', '2020-01-01');
        """);
  }

  @Test
  void removesWhatIsOldInBatchesAndKeepsTheRest() throws Exception {
    Retention retention = new Retention(database.dataSource(), CLOCK, 3);

    Map<String, Long> removed = retention.removeOlderThan(Duration.ofDays(400), NONE);

    assertThat(removed)
        .containsExactly(
            Map.entry("etl_run", 7L),
            Map.entry("quality_result", 1L),
            Map.entry("dead_letter", 1L));
    assertThat(database.rows("SELECT command FROM etl_run ORDER BY 1"))
        .containsExactly("new", "stream");
    assertThat(database.value("SELECT count(*) FROM etl_step")).isEqualTo("2");
    assertThat(database.value("SELECT count(*) FROM etl_count")).isEqualTo("2");
    assertThat(database.rows("SELECT check_name FROM quality_result")).containsExactly("new");
    assertThat(database.rows("SELECT id FROM dead_letter")).containsExactly("new");
    assertThat(database.value("SELECT count(*) FROM etl_watermark")).isEqualTo("1");
  }

  @Test
  void whatThePresentRunMetStays() throws Exception {
    RunId present = RunId.random();
    database.execute(
        "INSERT INTO etl_run (run_id, command, started, status)"
            + " VALUES ('%s', 'run', '2026-05-30', 'running')".formatted(present.value()));

    new Retention(database.dataSource(), CLOCK).removeOlderThan(Duration.ZERO, present);

    assertThat(database.rows("SELECT id FROM dead_letter")).containsExactly("new");
    assertThat(database.rows("SELECT command FROM etl_run ORDER BY 1"))
        .containsExactly("run", "stream");
  }

  @Test
  void oneThatRemovesIsLeftToIt() throws Exception {
    Retention retention = new Retention(database.dataSource(), CLOCK);
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + Retention.LOCK + ")");

      assertThat(retention.removeOlderThan(Duration.ofDays(400), NONE)).isEmpty();
      assertThat(retention.removeSomeOlderThan(Duration.ofDays(400), LONG)).isEmpty();
    }
    assertThat(database.value("SELECT count(*) FROM dead_letter")).isEqualTo("2");
  }

  @Test
  void aStreamRemovesALittleAtATime() throws Exception {
    Retention retention = new Retention(database.dataSource(), CLOCK, 3);

    Map<String, Long> first = retention.removeSomeOlderThan(Duration.ofDays(400), Duration.ZERO);
    Map<String, Long> second = retention.removeSomeOlderThan(Duration.ofDays(400), LONG);

    assertThat(first).containsEntry("etl_run", 3L);
    assertThat(second).containsEntry("etl_run", 4L);
    assertThat(database.rows("SELECT command FROM etl_run ORDER BY 1"))
        .containsExactly("new", "stream");
    assertThat(database.rows("SELECT id FROM dead_letter")).containsExactly("new");
  }

  @Test
  void aStreamKeepsDeadLettersForADayAtLeast() throws Exception {
    database.execute(
        "INSERT INTO dead_letter (id, stage, reason, seen_at)"
            + " VALUES ('today', 's', 'r', '2026-05-31T12:00:00Z'),"
            + " ('yesterday', 's', 'r', '2026-05-30T12:00:00Z')");

    new Retention(database.dataSource(), CLOCK).removeSomeOlderThan(Duration.ZERO, LONG);

    assertThat(database.rows("SELECT id FROM dead_letter ORDER BY 1"))
        .containsExactly("new", "today");
  }

  @Test
  void aFailureIsAWarning() throws Exception {
    Retention retention = new Retention(database.dataSource(), CLOCK);
    database.execute("ALTER TABLE dead_letter RENAME TO away");
    try {
      assertThatThrownBy(() -> retention.removeOlderThan(Duration.ofDays(400), NONE))
          .isInstanceOf(SQLException.class);
      assertThatCode(
              () -> Retention.attempt(() -> retention.removeOlderThan(Duration.ofDays(400), NONE)))
          .doesNotThrowAnyException();
    } finally {
      database.execute("ALTER TABLE away RENAME TO dead_letter");
    }
  }

  @Test
  void deadLettersOfAStreamAreCountedByAnIndex() throws Exception {
    database.execute(
        """
        INSERT INTO dead_letter (id, run_id, step, stage, reason, payload)
        SELECT 'n' || n, (SELECT run_id FROM etl_run WHERE command = 'stream'),
          'topic' || n % 7, 's', 'r', repeat('x', 100)
        FROM generate_series(1, 20000) n;
        """);
    database.execute("VACUUM ANALYZE dead_letter");

    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement explain =
            connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS) " + StepRows.FOLD)) {
      UUID run =
          UUID.fromString(database.value("SELECT run_id FROM etl_run WHERE command = 'stream'"));
      for (int i = 1; i < 5; i += 2) {
        explain.setObject(i, run);
        explain.setString(i + 1, "topic1");
      }
      assertThat(lines(explain)).contains("Index Only Scan using dead_letter_run_id_step");
    }
  }

  private static String lines(PreparedStatement select) throws SQLException {
    StringBuilder lines = new StringBuilder();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        lines.append(row.getString(1)).append('\n');
      }
    }
    return lines.toString();
  }

  @Test
  void aNegativeAgeIsRefused() {
    Retention retention = new Retention(database.dataSource(), CLOCK);

    assertThatThrownBy(() -> retention.removeOlderThan(Duration.ofDays(-1), NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
