package vn.phusa.pipelines.io.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.pipelines.io.waiting.NoAnswerException;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.FaultyNetwork;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;

/** A server from which nothing comes any more, for one reason or another. */
@WithEmbeddedServices
class SilentServerIT {
  @TempDir private Path folder;
  private FaultyNetwork network;
  private DatabaseAddress behind;
  private FreshDatabase database;

  @BeforeEach
  void disturb(EmbeddedPostgres postgres, FreshDatabase fresh) throws Exception {
    System.setProperty(AnswerTimeout.PROPERTY, "PT3S");
    database = fresh;
    network = FaultyNetwork.to(postgres.port());
    behind =
        new DatabaseAddress(
            "operational database",
            "oltpUrl",
            fresh.jdbcUrl().replace(":" + postgres.port() + "/", ":" + network.port() + "/"),
            fresh.user(),
            SecretReference.toFile(Files.writeString(folder.resolve("p"), fresh.password())));
  }

  @AfterEach
  void heal() {
    System.clearProperty(AnswerTimeout.PROPERTY);
    network.close();
  }

  @Test
  void aCursorThatStallsIsGivenUp() throws Exception {
    try (Connection connection = Postgres.openSource(behind, ZoneOffset.UTC)) {
      connection.setAutoCommit(false);
      try (PreparedStatement rows =
          connection.prepareStatement("SELECT repeat('x', 100) FROM generate_series(1, 100000)")) {
        rows.setFetchSize(1_000);
        network.stallAfter(300_000);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> count(rows))
            .isInstanceOfSatisfying(
                SQLException.class,
                e -> assertThat(SqlFailure.of(e)).isEqualTo(SqlFailure.TRANSIENT))
            .hasRootCauseMessage("Socket closed")
            .cause()
            .isInstanceOf(NoAnswerException.class)
            .hasMessage("the operational database did not answer for 3 s");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(20));
      }
    }
  }

  @Test
  void aDelayIsNoSilence() throws Exception {
    network.delay(Duration.ofMillis(200));
    try (Connection connection = Postgres.openSource(behind, ZoneOffset.UTC);
        PreparedStatement rows = connection.prepareStatement("SELECT 1")) {
      assertThat(count(rows)).isEqualTo(1);
    }
  }

  /** The session of what was given up holds no lock for long. */
  @Test
  void theSessionOfWhatWasGivenUpIsEnded() throws Exception {
    String mark = UUID.randomUUID().toString();
    try (Connection connection = Postgres.openForBatches(behind)) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("SELECT '" + mark + "', pg_advisory_xact_lock(1)");
      network.dropSilently();
      assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
          .hasCauseInstanceOf(NoAnswerException.class);
    }
    Awaitility.await()
        .atMost(Deadline.scaled(Duration.ofMinutes(2)))
        .until(() -> sessionsWith(mark) == 0);
  }

  @Test
  void aLockIsWaitedForWithALimit() throws Exception {
    try (Connection holder = database.connect();
        Connection waiter = Postgres.open(behind)) {
      holder.createStatement().execute("SELECT pg_advisory_lock(2)");
      assertThatThrownBy(() -> waiter.createStatement().execute("SELECT pg_advisory_lock(2)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
    }
  }

  private int sessionsWith(String mark) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE query LIKE '%' || ? || '%' AND pid <> pg_backend_pid()")) {
      select.setString(1, mark);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static int count(PreparedStatement statement) throws SQLException {
    int rows = 0;
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows++;
      }
    }
    return rows;
  }
}
