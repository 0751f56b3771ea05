package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class WarehouseSchemaIT {

  private static final String EVERYTHING =
      "SELECT c.relname, c.relkind, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod)"
          + " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
          + " WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 ORDER BY 1, 4";

  /** The transaction that last wrote each row: unchanged rows keep it. */
  private static final String ROWS =
      "SELECT 'time', time_key::text, xmin FROM dim_time"
          + " UNION ALL SELECT 'geography', geography_key::text, xmin FROM dim_geography"
          + " UNION ALL SELECT 'platform', platform_key::text, xmin FROM dim_platform"
          + " UNION ALL SELECT 'customer', customer_key::text, xmin FROM dim_customer"
          + " UNION ALL SELECT 'history', version, xmin FROM phusa_schema_history ORDER BY 1, 2";

  @Test
  void migratesAnEmptyDatabase(EmbeddedPostgres postgres) throws Exception {
    TestDatabase database = TestDatabase.empty(postgres);

    database.migrate();

    assertThat(database.value("SELECT count(*) FROM dim_time")).isEqualTo("8767");
    try (Connection connection = database.connect()) {
      assertThatCode(() -> WarehouseSchema.requireMigrated(connection, SchemaName.PUBLIC))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void migratesADatabaseThatHoldsTheOperationalTables(EmbeddedPostgres postgres) throws Exception {
    TestDatabase database = TestDatabase.empty(postgres);
    database.run("/vn/phusa/runners/samples/oltp.sql");
    database.execute("INSERT INTO customers (customer_id) VALUES ('C1')");

    database.migrate();

    assertThat(database.value("SELECT customer_id FROM customers")).isEqualTo("C1");
    assertThat(database.value("SELECT count(*) FROM fact_sales")).isEqualTo("0");
    try (Connection connection = database.connect()) {
      assertThatCode(() -> WarehouseSchema.requireMigrated(connection, SchemaName.PUBLIC))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void migratingAgainChangesNothing(EmbeddedPostgres postgres) throws Exception {
    TestDatabase database = TestDatabase.migrated(postgres);
    List<String> everything = database.rows(EVERYTHING);
    List<String> rows = database.rows(ROWS);

    database.migrate();

    assertThat(database.rows(EVERYTHING)).isEqualTo(everything);
    assertThat(database.rows(ROWS)).isEqualTo(rows);
  }

  @Test
  void aMissingSchemaIsRefused(EmbeddedPostgres postgres) throws Exception {
    try (Connection connection = TestDatabase.empty(postgres).connect()) {
      assertThatThrownBy(() -> WarehouseSchema.requireMigrated(connection, SchemaName.PUBLIC))
          .isInstanceOf(SchemaNotMigratedException.class)
          .hasMessage("the warehouse has no schema yet: run the command migrate first");
    }
  }

  @Test
  void anOlderSchemaIsRefused(EmbeddedPostgres postgres) throws Exception {
    TestDatabase database = TestDatabase.migrated(postgres);
    database.execute(
        "DELETE FROM phusa_schema_history WHERE version = '" + WarehouseSchema.NEWEST + "'");

    try (Connection connection = database.connect()) {
      assertThatThrownBy(() -> WarehouseSchema.requireMigrated(connection, SchemaName.PUBLIC))
          .isInstanceOf(SchemaNotMigratedException.class)
          .hasMessageContaining("this program needs " + WarehouseSchema.NEWEST);
    }
  }
}
