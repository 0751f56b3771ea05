package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.warehouse.ContractColumns;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.rules.Rules;

/** What the roles of a warehouse may do, and what not. */
@WithEmbeddedServices
class WarehouseRolesIT {
  private static final String PASSWORD = "of-a-test";
  private static final String OWNER = "phusa_owner";
  private static final String LOADER = "phusa_loader";
  private static final String READER = "phusa_reader";
  private static final String DATABASE = "roles_test";

  /** As hosted databases give it: neither a superuser nor the owner of what others made. */
  private static final String ADMINISTRATOR = "roles_administrator";

  private EmbeddedPostgres postgres;

  @BeforeEach
  void create(EmbeddedPostgres server) throws SQLException {
    postgres = server;
    try (Connection connection = postgres.connect("postgres")) {
      execute(
          connection,
          "CREATE ROLE %s LOGIN CREATEROLE PASSWORD '%s'".formatted(ADMINISTRATOR, PASSWORD));
      execute(connection, "CREATE DATABASE %s OWNER %s".formatted(DATABASE, ADMINISTRATOR));
    }
  }

  @AfterEach
  void drop() throws SQLException {
    postgres.dropDatabase(DATABASE);
    try (Connection connection = postgres.connect("postgres")) {
      for (String role : List.of(READER, LOADER, OWNER, ADMINISTRATOR)) {
        execute(connection, "DROP ROLE IF EXISTS " + role);
      }
    }
  }

  @Test
  void theRolesMayDoTheirWorkAndNoMore() throws Exception {
    administer();
    administer();
    migrate(OWNER);
    migrate(OWNER);

    try (Connection loader = open(LOADER)) {
      theLoaderLoads(loader);
      theLoaderChangesNoTable(loader);
    }
    try (Connection reader = open(READER)) {
      theReaderReads(reader);
      theReaderSeesNoPayloadAndWritesNothing(reader);
    }
  }

  private void theLoaderLoads(Connection loader) throws Exception {
    WarehouseRights.require(loader, EnumSet.allOf(WarehouseRights.class));
    execute(loader, "INSERT INTO fact_sales (order_id) VALUES ('L1')");
    execute(
        loader,
        "INSERT INTO dim_customer (customer_id, effective_date, is_current)"
            + " VALUES ('C1', now(), true)");
    execute(
        loader,
        "INSERT INTO dead_letter (id, stage, reason, payload)"
            + " VALUES ('D1', 'cleanse-sales', 'not_a_number', 'secret')");
    // Twice: at first there are no rows that readers could be kept waiting for.
    assertThat(Marts.refresh(loader, mart -> {})).hasSameSizeAs(Marts.NAMES);
    assertThat(Marts.refresh(loader, mart -> {}))
        .allSatisfy(mart -> assertThat(mart.rows()).as(mart.mart()).isNotNegative());
    assertThat(
            one(
                loader,
                "SELECT sum(lines) FROM mv_sales_cube WHERE is_all_months"
                    + " AND is_all_platforms AND is_all_regions AND is_all_categories"))
        .isEqualTo("1");
  }

  private void theLoaderChangesNoTable(Connection loader) throws Exception {
    refuses(loader, "ALTER TABLE fact_sales ADD COLUMN more text", "must be owner");
    refuses(loader, "DROP TABLE fact_sales", "must be owner");
    refuses(loader, "DROP MATERIALIZED VIEW mv_sales_cube", "must be owner");
    refuses(loader, "TRUNCATE fact_sales", "permission denied");
    refuses(loader, "CREATE TABLE public.more (id int)", "permission denied for schema public");
    refuses(
        loader,
        "CREATE FUNCTION public.more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "permission denied for schema public");
    refuses(
        loader,
        "CREATE OR REPLACE FUNCTION public.phusa_refresh_mart(text, boolean)"
            + " RETURNS void LANGUAGE sql AS 'SELECT'",
        "permission denied");
    refuses(loader, "CREATE SCHEMA more", "permission denied");
    refuses(loader, "UPDATE phusa_schema_history SET success = false", "permission denied");
    refuses(loader, "UPDATE dim_time SET is_weekend = true", "permission denied");
    // Only a warning, and nothing given.
    execute(loader, "GRANT SELECT ON dead_letter TO " + READER);
    refuses(loader, "SET ROLE " + OWNER, "permission denied");
  }

  private void theReaderReads(Connection reader) throws Exception {
    WarehouseRights.require(reader, List.of(WarehouseRights.STATUS));
    for (String column : contract()) {
      if (column.equals("dead_letter.payload")) {
        continue;
      }
      String[] parts = column.split("\\.");
      execute(reader, "SELECT \"%s\" FROM \"%s\" LIMIT 1".formatted(parts[1], parts[0]));
    }
    assertThat(one(reader, "SELECT reason FROM dead_letter")).isEqualTo("not_a_number");
    assertThat(one(reader, "SELECT count(*) FROM dead_letter")).isEqualTo("1");
  }

  private void theReaderSeesNoPayloadAndWritesNothing(Connection reader) throws Exception {
    refuses(reader, "SELECT payload FROM dead_letter", "permission denied for table dead_letter");
    refuses(reader, "SELECT * FROM dead_letter", "permission denied for table dead_letter");
    refuses(reader, "SELECT d FROM dead_letter d", "permission denied for table dead_letter");
    refuses(reader, "SELECT FROM dead_letter WHERE payload LIKE 's%'", "permission denied");
    refuses(reader, "COPY dead_letter TO STDOUT", "permission denied");
    refuses(reader, "INSERT INTO fact_sales (order_id) VALUES ('L2')", "permission denied");
    refuses(reader, "UPDATE dim_customer SET city = 'x'", "permission denied");
    refuses(reader, "DELETE FROM etl_run", "permission denied");
    refuses(reader, "CREATE TABLE public.more (id int)", "permission denied for schema public");
    refuses(reader, "REFRESH MATERIALIZED VIEW mv_sales_cube", "");
    refuses(
        reader,
        "SELECT public.phusa_refresh_mart('mv_sales_cube', false)",
        "permission denied for function");
  }

  /** Whatever the version: on PostgreSQL 17 and newer without MAINTAIN. */
  @Test
  void theOwnersFunctionRefreshesNothingButMarts() throws Exception {
    administer();
    migrate(OWNER);
    try (Connection owner = open(OWNER)) {
      if (owner.getMetaData().getDatabaseMajorVersion() >= 17) {
        for (String mart : Marts.NAMES) {
          execute(owner, "REVOKE MAINTAIN ON %s FROM %s".formatted(mart, LOADER));
        }
      }
      execute(owner, "REVOKE ALL ON FUNCTION phusa_refresh_mart FROM " + LOADER);
      execute(owner, "CREATE MATERIALIZED VIEW mv_other AS SELECT 1 AS one WITH NO DATA");
      try (Connection loader = open(LOADER)) {
        assertThatThrownBy(() -> WarehouseRights.require(loader, List.of(WarehouseRights.MARTS)))
            .isInstanceOf(MissingRightException.class)
            .hasMessageContainingAll("user phusa_loader lacks", "materialized view mv_customer");
        assertThatThrownBy(() -> Marts.refresh(loader, mart -> {}))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("permission denied for function phusa_refresh_mart");

        execute(owner, "GRANT EXECUTE ON FUNCTION phusa_refresh_mart TO " + LOADER);
        WarehouseRights.require(loader, List.of(WarehouseRights.MARTS));
        Marts.refresh(loader, mart -> {});
        execute(loader, "INSERT INTO public.fact_sales (order_id) VALUES ('L1')");
        // What a caller puts before ours is not what the function finds.
        execute(loader, "CREATE TEMPORARY TABLE mv_sales_cube (id int)");
        execute(loader, "SET search_path = pg_temp, public");
        for (String mart : Marts.NAMES) {
          execute(loader, "SELECT public.phusa_refresh_mart('%s', true)".formatted(mart));
        }
        assertThat(
                one(
                    loader,
                    "SELECT sum(lines) FROM public.mv_sales_cube WHERE is_all_months"
                        + " AND is_all_platforms AND is_all_regions AND is_all_categories"))
            .isEqualTo("1");
        for (String other : List.of("mv_other", "fact_sales", "mv_sales_cube; DROP TABLE rekey")) {
          refuses(
              loader,
              "SELECT public.phusa_refresh_mart('%s', false)".formatted(other),
              "no mart of this name");
        }
        refuses(loader, "SELECT public.phusa_refresh_mart(NULL, false)", "no mart of this name");
      }
    }
  }

  @Test
  void aWarehouseThatIsThereIsGivenToTheOwner() throws Exception {
    migrate(postgres.user());
    try (Connection superuser = postgres.connect(DATABASE)) {
      execute(superuser, "CREATE TABLE orders (id int)");
      execute(superuser, "CREATE VIEW more AS SELECT 1 AS one");
      assertThat(
              rows(
                  superuser,
                  "SELECT relname FROM pg_class WHERE relacl::text LIKE '%phusa_%'"
                      + " AND relnamespace = 'public'::regnamespace AND relacl::text LIKE '%reader%'"))
          .isEmpty();
      execute(superuser, WarehouseRoles.sql(SchemaName.PUBLIC));
      assertThat(
              rows(
                  superuser,
                  "SELECT relname FROM pg_class"
                      + " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')"
                      + " AND pg_get_userbyid(relowner) <> 'phusa_owner'"))
          .containsExactlyInAnyOrder("orders", "more");
      assertThat(
              rows(
                  superuser,
                  "SELECT proname FROM pg_proc WHERE pronamespace ="
                      + " 'public'::regnamespace AND pg_get_userbyid(proowner) <> 'phusa_owner'"))
          .isEmpty();
      setPasswords(superuser);
      // A table of a later version is covered before anyone grants it.
      try (Connection owner = open(OWNER)) {
        execute(owner, "CREATE TABLE later (id int)");
      }
    }
    migrate(OWNER);

    try (Connection loader = open(LOADER)) {
      WarehouseRights.require(loader, EnumSet.allOf(WarehouseRights.class));
      execute(loader, "INSERT INTO later VALUES (1)");
      Marts.refresh(loader, mart -> {});
      refuses(loader, "SELECT * FROM orders", "permission denied for table orders");
    }
    try (Connection reader = open(READER)) {
      assertThat(one(reader, "SELECT id FROM later")).isEqualTo("1");
      refuses(reader, "SELECT payload FROM dead_letter", "permission denied");
      refuses(reader, "SELECT * FROM orders", "permission denied for table orders");
    }
  }

  /** The cluster may have roles of these names that serve another database. */
  @Test
  void rolesThatNobodyWantedHereGetNothing() throws Exception {
    try (Connection superuser = postgres.connect(DATABASE)) {
      for (String role : List.of(OWNER, LOADER, READER)) {
        execute(superuser, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, PASSWORD));
      }
      migrate(postgres.user());
      assertThat(
              rows(
                  superuser,
                  "SELECT relname FROM pg_class WHERE relnamespace ="
                      + " 'public'::regnamespace AND relacl::text LIKE '%phusa\\_%=%'"
                      + " AND relacl::text ~ 'phusa_(owner|loader|reader)'"))
          .isEmpty();
    }
    try (Connection loader = open(LOADER)) {
      assertThatThrownBy(() -> WarehouseRights.require(loader, List.of(WarehouseRights.LEDGER)))
          .isInstanceOf(MissingRightException.class)
          .hasMessage(
              "user phusa_loader lacks SELECT on table etl_run and 23 other rights;"
                  + " ./phusa migrate --roles prints what to grant");
    }
  }

  @Test
  void eachRightThatIsMissingIsNamed() throws Exception {
    administer();
    migrate(OWNER);
    try (Connection owner = open(OWNER);
        Connection administrator = open(ADMINISTRATOR);
        Connection loader = open(LOADER)) {
      execute(owner, "REVOKE INSERT ON fact_sales FROM " + LOADER);
      lacks(loader, WarehouseRights.ROWS, "INSERT on table fact_sales;");
      execute(owner, "GRANT INSERT ON fact_sales TO " + LOADER);
      execute(
          administrator,
          "REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC, %s".formatted(DATABASE, LOADER));
      lacks(loader, WarehouseRights.ROWS, "TEMPORARY on database roles_test;");
      execute(owner, "REVOKE SELECT ON etl_watermark FROM " + LOADER);
      lacks(loader, WarehouseRights.STATUS, "SELECT on table etl_watermark;");
      assertThatCode(() -> WarehouseRights.require(loader, List.of(WarehouseRights.MARTS)))
          .doesNotThrowAnyException();
    }
  }

  private static void lacks(Connection connection, WarehouseRights right, String what) {
    assertThatThrownBy(() -> WarehouseRights.require(connection, List.of(right)))
        .isInstanceOf(MissingRightException.class)
        .hasMessageStartingWith("user phusa_loader lacks " + what);
  }

  private static List<String> contract() throws Exception {
    return ContractColumns.all();
  }

  private void administer() throws SQLException {
    try (Connection administrator = open(ADMINISTRATOR)) {
      execute(administrator, WarehouseRoles.sql(SchemaName.PUBLIC));
      setPasswords(administrator);
      assertThat(one(administrator, "SELECT pg_has_role(current_user, 'phusa_owner', 'USAGE')"))
          .isEqualTo("f");
    }
  }

  private static void setPasswords(Connection administrator) throws SQLException {
    for (String role : List.of(OWNER, LOADER, READER)) {
      execute(administrator, "ALTER ROLE %s PASSWORD '%s'".formatted(role, PASSWORD));
    }
  }

  private void migrate(String user) throws SQLException {
    PGSimpleDataSource warehouse = new PGSimpleDataSource();
    warehouse.setUrl(postgres.jdbcUrl(DATABASE));
    warehouse.setUser(user);
    warehouse.setPassword(passwordOf(user));
    WarehouseSchema.migrate(warehouse, SchemaName.PUBLIC, Rules.defaults());
  }

  private Connection open(String user) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(DATABASE), user, passwordOf(user));
  }

  private String passwordOf(String user) {
    return user.equals(postgres.user()) ? postgres.password() : PASSWORD;
  }

  private static void refuses(Connection connection, String sql, String why) {
    ThrowingCallable statement = () -> execute(connection, sql);
    assertThatThrownBy(statement)
        .as(sql)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(why);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    List<String> rows = rows(connection, sql);
    assertThat(rows).as(sql).hasSize(1);
    return rows.get(0);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    return TestDatabase.rows(connection, sql);
  }
}
