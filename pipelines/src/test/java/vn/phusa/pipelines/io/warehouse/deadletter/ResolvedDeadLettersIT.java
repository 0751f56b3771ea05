package vn.phusa.pipelines.io.warehouse.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Each dead letter was modified at one o'clock, and last met at two. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResolvedDeadLettersIT {
  private TestDatabase database;

  @BeforeAll
  void migrate(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
  }

  @BeforeEach
  void empty() throws SQLException {
    database.execute(
        "TRUNCATE dead_letter, fact_sales, fact_sales_realtime, scd_change;"
            + " DELETE FROM dim_product WHERE product_key <> -1");
  }

  @Test
  void aLaterStateOfALineResolves() throws Exception {
    deadLetter("fact_sales", "later", 1);
    deadLetter("fact_sales", "earlier", 1);
    deadLetter("fact_sales", "unknown", 1);
    deadLetter("fact_sales", "elsewhere", 1);
    deadLetter("fact_sales", "deleted", 1);
    sale("later", "oltp", 2, null);
    sale("earlier", "oltp", 0, null);
    sale("elsewhere", "tiki", 3, null);
    sale("deleted", "oltp", 0, 3);

    assertThat(resolved()).containsExactly("deleted", "later");
    assertThat(resolved()).containsExactly("deleted", "later");
  }

  @Test
  void theSameStateResolvesWhereItWasReadAgain() throws Exception {
    deadLetter("fact_sales", "again", 1);
    deadLetter("fact_sales", "tied", 1);
    sale("again", "oltp", 1, null);
    sale("tied", "oltp", 1, null);
    database.execute(
        "UPDATE fact_sales SET change_observed_at ="
            + " timestamptz '2025-01-01Z' + CASE order_id WHEN 'again' THEN interval '3 h'"
            + " ELSE interval '1 h' END");

    assertThat(resolved()).containsExactly("again");
  }

  @Test
  void whereNoTimeOrOneAheadWasSaidWhatCameAfterTheLetterResolves() throws Exception {
    deadLetter("fact_sales", "no time, before", null);
    deadLetter("fact_sales", "no time, after", null);
    deadLetter("fact_sales", "ahead", 900_000);
    sale("no time, before", "oltp", 1, null);
    sale("no time, after", "oltp", 3, null);
    sale("ahead", "oltp", 3, null);

    assertThat(resolved()).containsExactly("ahead", "no time, after");
  }

  @Test
  void ofAnInterruptedReplayTooAndOfNoneThatEnded() throws Exception {
    deadLetter("fact_sales", "replaying", 1);
    deadLetter("fact_sales", "replayed", 1);
    database.execute("UPDATE dead_letter SET status = id");
    sale("replaying", "oltp", 2, null);
    sale("replayed", "oltp", 2, null);

    assertThat(resolved()).containsExactly("replaying");
  }

  @Test
  void aLaterVersionOfAProductResolvesAndItsStockDoesNot() throws Exception {
    for (String id : new String[] {"version", "remembered", "stock", "gone"}) {
      deadLetter("dim_product", id, 1);
    }
    database.execute(
        "INSERT INTO dim_product (product_id, effective_date, is_current, change_modified_at)"
            + " VALUES ('version', '2025-01-01 02:00Z', true, '2025-01-01 02:00Z')");
    remember("remembered", "UPSERT", "{\"name\": \"Nồi\"}");
    remember("stock", "UPSERT", "{\"stock\": \"7\"}");
    remember("gone", "DELETE", "{}");

    assertThat(resolved()).containsExactly("gone", "remembered", "version");
  }

  @Test
  void aLaterEventOfASaleResolves() throws Exception {
    deadLetter("fact_sales_realtime", "E1", 1);
    database.execute(
        "INSERT INTO fact_sales_realtime (order_id, platform, region, order_timestamp,"
            + " change_ordered_at) VALUES ('E1', 'Tiki', 'North', '2025-01-01Z', '2025-01-01 03:00Z')");

    assertThat(resolved()).containsExactly("E1");
  }

  private void deadLetter(String table, String key, Integer hour) throws SQLException {
    database.execute(
        "INSERT INTO dead_letter (id, stage, source, reason, seen_at, record_table, record_key,"
            + " record_modified_at) VALUES ('%2$s', 's', 'oltp', 'r', '2025-01-01 02:00Z',"
                .formatted(table, key)
            + " '%s', '%s', timestamptz '2025-01-01Z' + interval '%s h')"
                .formatted(table, key, hour)
                .replace("timestamptz '2025-01-01Z' + interval 'null h'", "NULL"));
  }

  private void sale(String id, String source, int hour, Integer deleted) throws SQLException {
    database.execute(
        "INSERT INTO fact_sales (order_id, source, source_modified_at, deleted_ordered_at)"
            + (" VALUES ('%s', '%s', timestamptz '2025-01-01Z' + interval '%s h',"
                    + " timestamptz '2025-01-01Z' + interval '%s h')")
                .formatted(id, source, hour, deleted)
                .replace("timestamptz '2025-01-01Z' + interval 'null h'", "NULL"));
  }

  private void remember(String key, String operation, String attributes) throws SQLException {
    database.execute(
        ("INSERT INTO scd_change (dimension, key, change_id, modified_at, ordered_at, operation,"
                + " attributes) VALUES ('product', '%s', gen_random_uuid(), '2025-01-01 02:00Z',"
                + " '2025-01-01 02:00Z', '%s', '%s')")
            .formatted(key, operation, attributes));
  }

  private Iterable<String> resolved() throws SQLException {
    try (Connection connection = database.connect()) {
      ResolvedDeadLetters.resolve(connection);
    }
    return database.rows("SELECT id FROM dead_letter WHERE status = 'resolved' ORDER BY 1");
  }
}
