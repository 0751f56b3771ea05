package vn.phusa.pipelines.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferenceDimensionsIT {

  private TestDatabase database;

  @BeforeEach
  void migrate() throws SQLException {
    database = TestDatabase.migrated();
  }

  @Test
  void fillsEveryColumn() throws Exception {
    assertThat(database.rows("SELECT * FROM dim_time WHERE time_key = 20250201"))
        .containsExactly("20250201 | 2025-02-01 | 1 | 2 | 1 | 2025 | 6 | t | t | f | f | 0 | f");
    assertThat(database.rows("SELECT * FROM dim_time WHERE time_key = 20251111"))
        .containsExactly("20251111 | 2025-11-11 | 11 | 11 | 4 | 2025 | 2 | f | f | t | f | 0 | f");
    assertThat(
            database.rows(
                "SELECT city, province, province_code, region, region6, merged_into"
                    + " FROM dim_geography WHERE geography_key > 0 ORDER BY city"))
        .containsExactly(
            "Hanoi | Hanoi | 01 | North | Red River | Hanoi",
            "Ho Chi Minh City | Ho Chi Minh City | 79 | South | null | Ho Chi Minh City",
            "Nha Trang | Khanh Hoa | 56 | Central | null | Khanh Hoa");
    assertThat(
            database.rows(
                "SELECT platform, commission_rate FROM dim_platform"
                    + " WHERE platform_key > 0 ORDER BY platform"))
        .containsExactly("Shopee | 0.05500", "Tiki | 0.08000");
  }

  @Test
  void fillingAgainChangesNothing() throws Exception {
    assertThat(fill(SmallReference.defaults())).isZero();
  }

  @Test
  void aChangeTouchesItsRowAloneAndKeepsTheKey() throws Exception {
    String before = "SELECT platform_key, platform FROM dim_platform ORDER BY platform_key";
    List<String> keys = database.rows(before);

    int changed =
        fill(
            SmallReference.defaults()
                .withPlatforms(
                    List.of(
                        new PlatformRow("Shopee", new BigDecimal("0.1")),
                        new PlatformRow("Sendo", new BigDecimal("0.05")))));

    assertThat(changed).isEqualTo(2);
    assertThat(database.rows(before)).containsAll(keys).hasSize(keys.size() + 1);
    assertThat(database.value("SELECT commission_rate FROM dim_platform WHERE platform = 'Shopee'"))
        .isEqualTo("0.10000");
    assertThat(database.value("SELECT commission_rate FROM dim_platform WHERE platform = 'Tiki'"))
        .as("what the rules no longer name")
        .isEqualTo("0.08000");
  }

  @Test
  void theUnknownMemberStaysAsItIs() throws Exception {
    fill(SmallReference.defaults());

    assertThat(database.value("SELECT city || region FROM dim_geography WHERE geography_key = -1"))
        .isEqualTo("UnknownUnknown");
    assertThat(database.value("SELECT date_value IS NULL FROM dim_time WHERE time_key = -1"))
        .isEqualTo("t");
  }

  private int fill(ReferenceRows rows) throws SQLException {
    try (Connection connection = database.connect()) {
      return ReferenceDimensions.fill(connection, rows);
    }
  }
}
