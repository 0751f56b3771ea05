package vn.phusa.pipelines.io.oltp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Up to where a source is complete, and who holds that back. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpperBoundIT {
  private FreshDatabase database;
  private TestWarehouse shop;

  @BeforeAll
  void create(FreshDatabase fresh) throws Exception {
    database = fresh;
    shop = TestWarehouse.in(fresh);
  }

  @Test
  void withoutOthersItIsThePresentLessTheLag() throws Exception {
    UpperBound bound = bound(Duration.ofMinutes(3));

    assertThat(bound.instant())
        .isCloseTo(Instant.now().minus(3, ChronoUnit.MINUTES), within(1, ChronoUnit.MINUTES));
    assertThat(bound.holder()).isNull();
    assertThat(bound.heldBack()).isZero();
    assertThat(bound.othersVisible()).isTrue();
  }

  @Test
  void anOpenTransactionHoldsItBackAndIsNamed() throws Exception {
    try (Connection forgotten = database.connect()) {
      execute(forgotten, "SET application_name TO psql");
      forgotten.setAutoCommit(false);
      execute(forgotten, "SELECT 1");

      UpperBound bound = bound(Duration.ZERO);

      assertThat(bound.holder()).isNotNull();
      assertThat(bound.instant()).isEqualTo(bound.holder().since());
      assertThat(bound.holder().who()).matches("process \\d+ of psql, open");
      assertThat(bound.heldBack()).isPositive();
      assertThat(bound(Duration.ofMinutes(5)).holder())
          .as("the lag is longer than the transaction")
          .isNull();
    }
  }

  @Test
  void aReplicaThatKnowsNoTimeOfItsReplayIsUnknown() throws Exception {
    shop.execute(
        "CREATE SCHEMA replica;"
            + " CREATE FUNCTION replica.pg_is_in_recovery() RETURNS boolean"
            + " LANGUAGE sql AS 'SELECT true';"
            + " CREATE FUNCTION replica.pg_last_xact_replay_timestamp() RETURNS timestamptz"
            + " LANGUAGE sql AS 'SELECT NULL::timestamptz'");
    try (Connection replica = source()) {
      // Functions of this schema come before the server's own.
      execute(replica, "SET search_path TO replica, pg_catalog, public");
      assertThatThrownBy(() -> UpperBound.of(replica, Duration.ZERO))
          .isInstanceOf(UnknownBoundException.class)
          .hasMessageContaining("it is a replica that has replayed no transaction");

      shop.execute(
          "CREATE OR REPLACE FUNCTION replica.pg_last_xact_replay_timestamp()"
              + " RETURNS timestamptz LANGUAGE sql AS $$SELECT timestamptz '2025-03-01Z'$$");
      UpperBound bound = UpperBound.of(replica, Duration.ZERO);

      assertThat(bound.instant()).isEqualTo(Instant.parse("2025-03-01T00:00:00Z"));
      assertThat(bound.holder().who()).contains("replica");
      assertThat(bound.othersVisible()).isFalse();
    }
  }

  private UpperBound bound(Duration lag) throws Exception {
    try (Connection source = source()) {
      return UpperBound.of(source, lag);
    }
  }

  private Connection source() throws SQLException {
    return Postgres.openSource(shop.address(), PolledTable.DEFAULT_ZONE);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
