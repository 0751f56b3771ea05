package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.rules.Rules;

@WithEmbeddedServices
class ReferenceDimensionsIT {

  private TestDatabase database;

  @BeforeEach
  void migrate(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
  }

  @Test
  void fillsEveryColumn() throws Exception {
    assertThat(database.rows("SELECT * FROM dim_time WHERE time_key = 20250201"))
        .containsExactly("20250201 | 2025-02-01 | 1 | 2 | 1 | 2025 | 6 | t | t | f | t | 381 | t");
    assertThat(database.rows("SELECT * FROM dim_time WHERE time_key = 20251111"))
        .containsExactly("20251111 | 2025-11-11 | 11 | 11 | 4 | 2025 | 2 | f | f | t | f | 98 | f");
    assertThat(
            database.rows(
                "SELECT city, province, province_code, region, region6, merged_into"
                    + " FROM dim_geography WHERE city IN ('Bien Hoa', 'Hanoi') ORDER BY city"))
        .containsExactly(
            "Bien Hoa | Dong Nai | 75 | South | Đông Nam Bộ | Dong Nai",
            "Hanoi | Hanoi | 01 | North | Đồng bằng sông Hồng | Hanoi");
    assertThat(
            database.rows(
                "SELECT platform, commission_rate FROM dim_platform"
                    + " WHERE platform_key > 0 ORDER BY platform"))
        .containsExactly(
            "CellphoneS | 0.03500",
            "FPTShop | 0.04000",
            "Lazada | 0.06000",
            "Sendo | 0.05000",
            "Shopee | 0.05500",
            "Tiki | 0.08000");
  }

  @Test
  void fillingAgainChangesNothing() throws Exception {
    assertThat(fill(Rules.defaults())).isZero();
  }

  @Test
  void aChangeTouchesItsRowAloneAndKeepsTheKey() throws Exception {
    String before = "SELECT platform_key, platform FROM dim_platform ORDER BY platform_key";
    List<String> keys = database.rows(before);

    int changed =
        fill(
            Rules.load(
                new StringReader(
                    "platforms: [Shopee, TikTok Shop]\n"
                        + "commissions: {platforms: {Shopee: [{rate: 0.1}], Lazada: null, Tiki: null,"
                        + " Sendo: null, FPTShop: null, CellphoneS: null}}")));

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
    fill(Rules.defaults());

    assertThat(database.value("SELECT city || region FROM dim_geography WHERE geography_key = -1"))
        .isEqualTo("UnknownUnknown");
    assertThat(database.value("SELECT date_value IS NULL FROM dim_time WHERE time_key = -1"))
        .isEqualTo("t");
  }

  private int fill(Rules rules) throws SQLException {
    try (Connection connection = database.connect()) {
      return ReferenceDimensions.fill(connection, rules);
    }
  }
}
