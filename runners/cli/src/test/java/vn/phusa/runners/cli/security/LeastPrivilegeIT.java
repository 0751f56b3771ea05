package vn.phusa.runners.cli.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.cli.StagingArguments;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/** All commands under the roles that {@code migrate --roles} prints. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeastPrivilegeIT {
  private static final List<String> ROLES = List.of("phusa_owner", "phusa_loader", "phusa_reader");

  private Path folder;
  private EmbeddedPostgres postgres;
  private StreamWorld world;
  private ShopAndWarehouse databases;
  private EmbeddedMongo mongo;

  @BeforeAll
  void fill(
      @TempDir Path home,
      EmbeddedKafka kafka,
      EmbeddedRedis redis,
      EmbeddedPostgres server,
      EmbeddedMongo staging)
      throws Exception {
    folder = home;
    postgres = server;
    mongo = staging;
    world = StreamWorld.of(kafka, redis, postgres, "least_privilege");
    databases = world.databases();
    SampleShop shop = SampleShop.create(11, 50, 200, Instant.parse("2025-06-30T12:00:00Z"));
    shop.writeTo(databases.shop());
    Ended printed = ShopAndWarehouse.run("migrate", "--roles");
    assertThat(printed.code()).as(printed.all()).isZero();
    assertThat(printed.err()).isEmpty();
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'phusa\\_%'"))
        .as("roles by printing alone")
        .isZero();
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
  void everyCommandWorksUnderItsRole() throws Exception {
    done(as("phusa_owner", onWarehouse("migrate")));

    done(as("phusa_loader", with(databases.loadArguments("run"), "--waveRows=0")));
    done(as("phusa_loader", databases.loadArguments("load-dimensions")));
    done(as("phusa_loader", with(databases.loadArguments("load-facts"), "--fromBeginning")));
    done(as("phusa_loader", onWarehouse("refresh-marts")));
    done(as("phusa_loader", onWarehouse("status")));
    done(as("phusa_reader", onWarehouse("status")));
    done(as("phusa_loader", extraction()));

    SampleEvents events = SampleShop.create(5, 20, 200, Instant.now()).events(Instant.now(), 10);
    for (int i = 0; i < 30; i++) {
      world.send(events.event(i));
    }
    world.sendText("sales_events", "K", "{\"no\": \"sale\"");
    List<String> stream =
        world.arguments("stream", "--until=now", "--consumerGroup=least_privilege");
    done(as("phusa_loader", stream));
    done(as("phusa_loader", world.arguments("replay")));

    assertThat(databases.countInWarehouse("SELECT count(*) FROM fact_sales")).isPositive();
    assertThat(databases.countInWarehouse("SELECT count(*) FROM fact_sales_realtime")).isPositive();
    assertThat(databases.countInWarehouse("SELECT count(*) FROM mv_sales_cube")).isPositive();
    assertThat(databases.countInWarehouse("SELECT max(attempts) FROM dead_letter")).isEqualTo(2);
    assertThat(databases.warehouseRows("SELECT DISTINCT status FROM etl_run"))
        .containsExactly(List.of("succeeded"));
  }

  @Test
  void aRightThatIsMissingIsNamedBeforeAnythingBegins() throws Exception {
    long runs = databases.countInWarehouse("SELECT count(*) FROM etl_run");
    refused(
        as("phusa_reader", databases.loadArguments("load-facts")),
        "user phusa_reader lacks SELECT on table dead_letter and ");
    refused(
        as("phusa_reader", onWarehouse("refresh-marts")), "lacks SELECT on table dead_letter and ");
    refused(
        as("phusa_reader", world.arguments("stream")), "lacks SELECT on table dead_letter and ");
    refused(
        as("phusa_reader", world.arguments("replay")), "lacks SELECT on table dead_letter and ");
    refused(as("phusa_reader", extraction()), "lacks SELECT on table dead_letter and ");
    refused(as("phusa_loader", onWarehouse("migrate")), "permission denied for table");

    databases.executeInWarehouse("REVOKE UPDATE ON fact_sales FROM phusa_loader");
    refused(
        as("phusa_loader", databases.loadArguments("run")),
        "user phusa_loader lacks UPDATE on table fact_sales; ./phusa migrate --roles");
    databases.executeInWarehouse("GRANT UPDATE ON fact_sales TO phusa_loader");
    assertThat(databases.countInWarehouse("SELECT count(*) FROM etl_run")).isEqualTo(runs);
  }

  /** As hosted servers may have it, and as one role that owns everything then meets it. */
  @Test
  void aServerThatMayNotBeAskedWhichItIsIsLoadedAndStreamedInto() throws Exception {
    String functions = "FUNCTION pg_control_system(), pg_control_checkpoint()";
    databases.executeInWarehouse("REVOKE EXECUTE ON " + functions + " FROM PUBLIC, phusa_loader");
    try {
      assertThat(
              databases.warehouseRows(
                  "SELECT has_function_privilege('phusa_loader', 'pg_control_system()', 'EXECUTE')"))
          .containsExactly(List.of("f"));
      done(as("phusa_owner", onWarehouse("migrate")));
      done(as("phusa_loader", with(databases.loadArguments("run"), "--waveRows=0")));

      Instant start = Instant.now();
      SampleEvents events = SampleShop.create(6, 20, 200, start).events(start, 10);
      for (int i = 0; i < 30; i++) {
        world.send(events.event(i));
      }
      // A group is of the warehouse as it was told then: not that of the other test.
      List<String> stream =
          world.arguments(
              "stream", "--until=now", "--consumerGroup=may_not_ask", "--startPosition=" + start);
      done(as("phusa_loader", stream));
      done(as("phusa_loader", stream));
      assertThat(world.windows()).as("windows in Redis").isNotEmpty();
    } finally {
      databases.executeInWarehouse("GRANT EXECUTE ON " + functions + " TO PUBLIC");
    }
  }

  private List<String> onWarehouse(String command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(databases.warehouseArguments());
    return arguments;
  }

  private List<String> extraction() throws Exception {
    Path feed = Files.createDirectories(folder.resolve("feed"));
    Files.writeString(feed.resolve("one.jsonl"), "{\"id\": \"1\", \"name\": \"Loa\"}\n{broken\n");
    Path shops =
        Files.writeString(
            folder.resolve("shops.yaml"), "feeds: {fptshop: {files: %s}}".formatted(feed));
    List<String> arguments = with(onWarehouse("extract"), "--marketplaces=" + shops);
    arguments.addAll(StagingArguments.of(mongo));
    arguments.add("--platforms=fptshop");
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

  private static void refused(Ended ended, String why) {
    assertThat(ended.code()).as(ended.all()).isEqualTo(3);
    assertThat(ended.err()).startsWith("phusa: warehouse (--warehouseUrl): ").contains(why);
    assertThat(ended.err()).hasLineCount(1);
  }
}
