package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.ledger.RunLock;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/**
 * A warehouse in the schema that {@code --warehouseSchema} names, under the roles that {@code
 * migrate --roles} prints for it: all of it is there, beside tables of the same names in public and
 * in the schema of the role's own name, and then beside a second warehouse in public.
 */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WarehouseSchemaOptionIT {
  private static final String IN_DW = "--warehouseSchema=dw";
  private static final List<String> ROLES = List.of("phusa_owner", "phusa_loader", "phusa_reader");

  private static final String RELATIONS_OF =
      "SELECT relname, relkind FROM pg_class WHERE relnamespace = '%s'::regnamespace"
          + " AND relkind IN ('r', 'v', 'm', 'S') ORDER BY 1";

  /** What a statement could have changed of all that is in none of the system's schemas. */
  private static final String BUT_OF =
      """
      SELECT n.nspname, n.nspacl::text, c.relname, c.relkind, c.oid, c.relfilenode, c.relacl::text,
        pg_get_userbyid(c.relowner),
        CASE WHEN n.nspname <> 'dw' THEN pg_relation_size(c.oid) END,
        (SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_attribute a
          WHERE a.attrelid = c.oid),
        (SELECT string_agg(md5(pg_get_functiondef(p.oid)) || coalesce(p.proacl::text, ''), ',' ORDER BY p.oid)
          FROM pg_proc p WHERE p.pronamespace = n.oid)
      FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid
      WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '%s') ORDER BY 1, 3
      """;

  private static final String SALES_IN = "SELECT count(*), sum(total_amount_vnd) FROM ";

  private Path folder;
  private EmbeddedPostgres postgres;
  private StreamWorld world;
  private ShopAndWarehouse databases;

  @BeforeAll
  void fill(@TempDir Path home, EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedPostgres server)
      throws Exception {
    folder = home;
    postgres = server;
    world = StreamWorld.of(kafka, redis, postgres, "in_schema");
    databases = world.databases();
    SampleShop.create(11, 50, 200, Instant.parse("2025-06-30T12:00:00Z")).writeTo(databases.shop());
    Ended printed = ShopAndWarehouse.run("migrate", "--roles", IN_DW);
    assertThat(printed.code()).as(printed.all()).isZero();
    databases.executeInWarehouse(printed.out());
    for (String role : ROLES) {
      Files.writeString(folder.resolve(role), "of-" + role);
      databases.executeInWarehouse("ALTER ROLE %s PASSWORD 'of-%1$s'".formatted(role));
    }
  }

  @AfterAll
  void drop() throws Exception {
    world.close();
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE " + String.join(", ", ROLES));
    }
  }

  @Test
  void allOfAWarehouseIsInItsSchema() throws Exception {
    List<List<String>> ofWarehouse = databases.warehouseRows(RELATIONS_OF.formatted("public"));
    List<List<String>> decoys = putDecoys(ofWarehouse);

    List<List<String>> loaded = useUnderItsRoles();

    assertThat(databases.warehouseRows(BUT_OF.formatted("dw"))).isEqualTo(decoys);
    assertThat(databases.warehouseRows(RELATIONS_OF.formatted("dw"))).isEqualTo(ofWarehouse);

    emptyPublic();
    List<List<String>> inDw = databases.warehouseRows(BUT_OF.formatted("public"));
    List<List<String>> runsInDw = databases.warehouseRows("SELECT * FROM dw.etl_run ORDER BY 1");
    useASecondInPublic(loaded);

    assertThat(databases.warehouseRows(BUT_OF.formatted("public"))).isEqualTo(inDw);
    assertThat(databases.warehouseRows("SELECT * FROM dw.etl_run ORDER BY 1")).isEqualTo(runsInDw);
    assertThat(databases.warehouseRows(RELATIONS_OF.formatted("public"))).isEqualTo(ofWarehouse);
    theyDoNotShareALock();
    theyDoNotShareAConsumerGroup();
    aSchemaThatIsMissingIsCreated(ofWarehouse);
  }

  private List<List<String>> useUnderItsRoles() throws Exception {
    Ended early = as("phusa_owner", with(databases.loadArguments("load-facts"), IN_DW));
    assertThat(early.code()).as(early.all()).isEqualTo(3);
    assertThat(early.err()).contains("run the command migrate first");

    done(as("phusa_owner", onWarehouse("migrate")));
    done(as("phusa_owner", onWarehouse("migrate")));
    done(as("phusa_loader", with(databases.loadArguments("run"), "--waveRows=0", IN_DW)));
    done(as("phusa_loader", onWarehouse("refresh-marts")));
    List<List<String>> loaded = databases.warehouseRows(SALES_IN + "dw.fact_sales");

    SampleEvents events = SampleShop.create(5, 20, 200, Instant.now()).events(Instant.now(), 10);
    for (int i = 0; i < 30; i++) {
      world.send(events.event(i));
    }
    world.sendText("sales_events", "K", "{\"no\": \"sale\"");
    String group = "--consumerGroup=in_schema";
    done(as("phusa_loader", world.arguments("stream", IN_DW, group, "--until=now")));
    done(as("phusa_loader", world.arguments("replay", IN_DW)));
    Ended status = as("phusa_reader", onWarehouse("status"));
    done(status);
    assertThat(status.out()).contains("refresh-marts", "stream", "replay");

    assertThat(count("dw.fact_sales")).isPositive();
    assertThat(count("dw.fact_sales_realtime")).isPositive();
    assertThat(count("dw.mv_sales_cube")).isPositive();
    assertThat(count("dw.dim_product")).isPositive();
    assertThat(databases.countInWarehouse("SELECT max(attempts) FROM dw.dead_letter")).isEqualTo(2);
    assertThat(databases.warehouseRows("SELECT DISTINCT status FROM dw.etl_run"))
        .containsExactly(List.of("succeeded"));
    assertThat(world.windows()).as("windows in Redis").isNotEmpty();
    return loaded;
  }

  private void useASecondInPublic(List<List<String>> loaded) throws SQLException {
    done(databases.onWarehouse("migrate"));
    done(databases.load("run", "--waveRows=0"));
    assertThat(databases.warehouseRows(SALES_IN + "public.fact_sales")).isEqualTo(loaded);
    assertThat(count("public.mv_sales_cube")).isPositive();
    assertThat(count("public.etl_run")).isOne();
  }

  private void theyDoNotShareALock() throws Exception {
    try (RunLock held = RunLock.acquire(Postgres.dataSource(inDw()), RunKind.BATCH.lock())) {
      done(databases.onWarehouse("refresh-marts"));
      assertThat(databases.onWarehouse("refresh-marts", IN_DW).code()).isEqualTo(6);
      assertThat(held.isHeld()).isTrue();
    }
  }

  private void theyDoNotShareAConsumerGroup() {
    List<String> stream = world.arguments("stream", "--until=now", "--consumerGroup=in_schema");
    Ended ended = ShopAndWarehouse.run(stream.toArray(new String[0]));
    assertThat(ended.code()).as(ended.all()).isEqualTo(2);
    assertThat(ended.err()).contains("--consumerGroup: in_schema is how far another warehouse");
  }

  private void aSchemaThatIsMissingIsCreated(List<List<String>> ofWarehouse) throws SQLException {
    // A word that SQL keeps for itself, and in which upper case counts.
    String other = "--warehouseSchema=User";
    List<String> migrate = new ArrayList<>(List.of("migrate", other));
    migrate.addAll(databases.warehouseArguments());
    Ended refused = as("phusa_owner", migrate);
    assertThat(refused.code()).as(refused.all()).isEqualTo(3);
    assertThat(refused.err())
        .isEqualTo(
            "phusa: warehouse (--warehouseUrl): there is no schema User, and user phusa_owner may"
                + " not create it; ./phusa migrate --roles --warehouseSchema=User prints what"
                + " does\n");

    done(databases.onWarehouse("migrate", other));
    done(databases.onWarehouse("refresh-marts", other));
    assertThat(databases.warehouseRows(RELATIONS_OF.formatted("\"User\""))).isEqualTo(ofWarehouse);

    databases.executeInWarehouse("ALTER SCHEMA \"User\" RENAME TO renamed");
    Ended renamed = databases.onWarehouse("migrate", "--warehouseSchema=renamed");
    assertThat(renamed.code()).as(renamed.all()).isEqualTo(3);
    assertThat(renamed.err()).contains("the schema cannot be migrated").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d w", "dw;", "", "2dw", "pg_dw", "information_schema"})
  void aNameThatIsNoneIsRefused(String name) {
    for (Ended ended :
        List.of(
            databases.onWarehouse("migrate", "--warehouseSchema=" + name),
            databases.load("run", "--warehouseSchema=" + name),
            ShopAndWarehouse.run("migrate", "--roles", "--warehouseSchema=" + name))) {
      assertThat(ended.code()).as(ended.all()).isEqualTo(2);
      assertThat(ended.err()).startsWith("phusa: --warehouseSchema: ").hasLineCount(1);
      assertThat(ended.out()).isEmpty();
    }
  }

  @Test
  void theUrlNamesNoSecondSchema() {
    List<String> arguments = onWarehouse("status");
    arguments.replaceAll(
        word -> word.startsWith("--warehouseUrl=") ? word + "?currentSchema=other" : word);
    Ended ended = ShopAndWarehouse.run(arguments.toArray(new String[0]));
    assertThat(ended.code()).as(ended.all()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "phusa: --warehouseUrl: leave out currentSchema;"
                + " the warehouse's schema is given by --warehouseSchema\n");
  }

  /** Where a name would be found if the schema were not told; they may be written. */
  private List<List<String>> putDecoys(List<List<String>> relations) throws SQLException {
    emptyPublic();
    List<String> schemas = List.of("public", "phusa_owner", "phusa_loader");
    for (String schema : schemas) {
      databases.executeInWarehouse("CREATE SCHEMA IF NOT EXISTS " + schema);
      for (List<String> relation : relations) {
        databases.executeInWarehouse(
            "CREATE TABLE %s.%s (decoy text)".formatted(schema, relation.get(0)));
      }
      databases.executeInWarehouse(
          """
          CREATE FUNCTION %1$s.phusa_refresh_mart(text, boolean) RETURNS void LANGUAGE plpgsql
          AS $$ BEGIN RAISE 'decoy'; END $$;
          GRANT ALL ON SCHEMA %1$s TO PUBLIC;
          GRANT ALL ON ALL TABLES IN SCHEMA %1$s TO PUBLIC;
          """
              .formatted(schema));
    }
    return databases.warehouseRows(BUT_OF.formatted("dw"));
  }

  private void emptyPublic() throws SQLException {
    databases.executeInWarehouse("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  private long count(String table) throws SQLException {
    return databases.countInWarehouse("SELECT count(*) FROM " + table);
  }

  private DatabaseAddress inDw() {
    DatabaseAddress given = databases.warehouseAddress();
    return new DatabaseAddress(
        given.service(),
        given.option(),
        given.url(),
        given.user(),
        given.password(),
        given.tls(),
        new SchemaName("dw"));
  }

  private List<String> onWarehouse(String command) {
    List<String> arguments = new ArrayList<>(List.of(command, IN_DW));
    arguments.addAll(databases.warehouseArguments());
    return arguments;
  }

  private static List<String> with(List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all;
  }

  /** With the warehouse's user and password replaced. */
  private Ended as(String role, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.removeIf(word -> word.matches("--warehouse(User|Password)=.*"));
    all.add("--warehouseUser=" + role);
    all.add("--warehousePassword=${file:" + folder.resolve(role) + "}");
    return ShopAndWarehouse.run(all.toArray(new String[0]));
  }

  private static void done(Ended ended) {
    assertThat(ended.code()).as(ended.all()).isZero();
  }
}
