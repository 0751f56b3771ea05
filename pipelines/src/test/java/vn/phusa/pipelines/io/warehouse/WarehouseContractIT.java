package vn.phusa.pipelines.io.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class WarehouseContractIT {

  private static final String COLUMNS_OF_OURS =
      " FROM pg_class c LEFT JOIN pg_attribute a"
          + " ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
          + " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')"
          + " AND c.relname <> 'phusa_schema_history'";

  private static TestDatabase database;

  @BeforeAll
  static void migrate(EmbeddedPostgres postgres) throws SQLException {
    database = TestDatabase.migrated(postgres);
  }

  @Test
  void everyTableAndColumnOfTheContractExists() throws Exception {
    TreeSet<String> expected = new TreeSet<>(ContractColumns.all());

    assertThat(expected).hasSizeGreaterThan(200);
    assertThat(database.rows("SELECT c.relname || '.' || a.attname" + COLUMNS_OF_OURS))
        .containsAll(expected);
  }

  @Test
  void everyTableAndColumnHasAComment() throws Exception {
    assertThat(
            database.rows(
                "SELECT DISTINCT c.relname"
                    + COLUMNS_OF_OURS
                    + " AND obj_description(c.oid, 'pg_class') IS NULL"))
        .isEmpty();
    assertThat(
            database.rows(
                "SELECT c.relname || '.' || a.attname"
                    + COLUMNS_OF_OURS
                    + " AND col_description(c.oid, a.attnum) IS NULL"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "dim_customer, customer_key",
    "dim_product, product_key",
    "dim_time, time_key",
    "dim_geography, geography_key",
    "dim_platform, platform_key"
  })
  void everyDimensionHasAnUnknownMember(String dimension, String key) throws Exception {
    assertThat(database.value("SELECT count(*) FROM " + dimension + " WHERE " + key + " = -1"))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"dim_customer, customer_key", "dim_product, product_key", "rekey, id"})
  void surrogateKeysComeFromANamedSequence(String table, String key) throws Exception {
    assertThat(database.value("SELECT pg_get_serial_sequence('" + table + "', '" + key + "')"))
        .isEqualTo("public." + table + "_" + key + "_seq");
  }

  @Test
  void factsCarryNoForeignKeys() throws Exception {
    assertThat(database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dim_customer", "dim_product"})
  void impossibleVersionsAreRefused(String dimension) throws Exception {
    insertVersion(dimension, "K1", "'2025-01-01'", "'2025-02-01'", false);
    insertVersion(dimension, "K1", "'2025-02-01'", "NULL", true);

    assertRefused(dimension, "two that hold now", "'2025-03-01'", "NULL", true, "23505");
    assertRefused(dimension, "two from one start", "'2025-01-01'", "'2025-01-15'", false, "23505");
    assertRefused(dimension, "no length", "'2025-03-01'", "'2025-03-01'", false, "23514");
    assertRefused(dimension, "negative length", "'2025-03-02'", "'2025-03-01'", false, "23514");
    assertRefused(dimension, "closed and current", "'2025-03-01'", "'2025-03-02'", true, "23514");
    assertRefused(dimension, "open and not current", "'2025-03-01'", "NULL", false, "23514");
    assertThatCode(() -> insertVersion(dimension, "K2", "'2025-02-01'", "NULL", true))
        .as("another key")
        .doesNotThrowAnyException();
  }

  private static void assertRefused(
      String dimension, String what, String from, String to, boolean current, String sqlState) {
    assertThatThrownBy(() -> insertVersion(dimension, "K1", from, to, current))
        .as(what)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
  }

  private static void insertVersion(
      String dimension, String key, String from, String to, boolean current) throws SQLException {
    database.execute(
        "INSERT INTO %s (%s, effective_date, expiry_date, is_current) VALUES ('%s', %s, %s, %s)"
            .formatted(dimension, naturalKey(dimension), key, from, to, current));
  }

  private static String naturalKey(String dimension) {
    return dimension.equals("dim_customer") ? "customer_id" : "product_id";
  }
}
