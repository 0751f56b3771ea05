package vn.phusa.pipelines.io.warehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "", "2025-03-01", "9999-01-01T00:00:00.000000Z"})
  void aPositionThatSomebodyDamagedIsNamed(String position) throws Exception {
    database.execute(
        "INSERT INTO etl_watermark (source, kind, position) VALUES ('oltp', 'damaged', '%1$s')"
                .formatted(position)
            + " ON CONFLICT (source, kind) DO UPDATE SET position = excluded.position");

    assertThatThrownBy(() -> watermarks.get("oltp", "damaged"))
        .isInstanceOf(DamagedWatermarkException.class)
        .hasMessageContaining("the position \"" + position + "\" of oltp/damaged")
        .hasMessageContaining("etl_watermark");
  }

  @Test
  void whatALoadSawIsKept() throws Exception {
    watermarks.advance("oltp", "seen", Instant.parse("2025-03-01T00:00:00Z"));
    Instant newest = Instant.parse("2025-02-28T23:59:59.123456Z");

    watermarks.saw("oltp", "seen", "process 7 of psql, open", newest);
    assertThat(watermarks.newest("oltp", "seen")).contains(newest);
    assertThat(database.value("SELECT held_by FROM etl_watermark WHERE kind = 'seen'"))
        .isEqualTo("process 7 of psql, open");

    watermarks.saw("oltp", "seen", null, null);
    assertThat(watermarks.newest("oltp", "seen")).isEmpty();
  }

  @Test
  void positionsHaveMicrosecondsEvenWhenZero() throws Exception {
    watermarks.advance("tiki", "orders", Instant.parse("2025-03-01T00:00:00.000000999Z"));

    assertThat(database.value("SELECT position FROM etl_watermark WHERE source = 'tiki'"))
        .isEqualTo("2025-03-01T00:00:00.000000Z");
  }
}
