package vn.phusa.pipelines.io.warehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class WatermarksIT {

  private static TestDatabase database;
  private static Watermarks watermarks;

  @BeforeAll
  static void migrate(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
    watermarks = new Watermarks(database.dataSource());
  }

  @Test
  void beginsEmptyAndMovesForwardOnly() throws Exception {
    Instant first = Instant.parse("2025-03-01T02:14:59.998877Z");
    assertThat(watermarks.get("oltp", "orders")).isEmpty();

    assertThat(watermarks.advance("oltp", "orders", first)).isTrue();
    assertThat(watermarks.get("oltp", "orders")).contains(first);
    assertThat(watermarks.get("oltp", "customers")).isEmpty();

    assertThat(watermarks.advance("oltp", "orders", first)).as("the same").isFalse();
    assertThat(watermarks.advance("oltp", "orders", first.minusSeconds(60))).as("back").isFalse();
    assertThat(watermarks.get("oltp", "orders")).contains(first);

    Instant later = first.plusNanos(1_000);
    assertThat(watermarks.advance("oltp", "orders", later)).isTrue();
    assertThat(watermarks.get("oltp", "orders")).contains(later);
  }

  @Test
  void positionsHaveMicrosecondsEvenWhenZero() throws Exception {
    watermarks.advance("tiki", "orders", Instant.parse("2025-03-01T00:00:00.000000999Z"));

    assertThat(database.value("SELECT position FROM etl_watermark WHERE source = 'tiki'"))
        .isEqualTo("2025-03-01T00:00:00.000000Z");
  }
}
