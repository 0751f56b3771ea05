package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.cli.main.Environment;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.jobs.failure.ExitCode;

/** What a newcomer sees first, and what the tables hold afterwards. */
@TestMethodOrder(OrderAnnotation.class)
class DemoIT {
  private static final String OF_THE_SHOP =
      "lower(trim(coalesce(%s, ''))) NOT IN ('tiki', 'sendo')";

  @TempDir static Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  @Order(1)
  void theFirstDemoLoadsTheWholeShop() throws Exception {
    assertThat(run("demo", "--sampleCustomers=200", "--sampleOrders=1000", "--sampleEvents=400"))
        .isEqualTo(ExitCode.DONE);

    assertThat(out())
        .containsPattern("load-facts/oltp/orders +1,000 ")
        .contains("revenue", "strongest platform");
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      allEventsAreWhereTheyBelong(services, 400);
      assertThat(number(services, "warehouse", "SELECT count(*) FROM mv_monthly_sales"))
          .isPositive();
      String password = Files.readString(services.postgres().passwordFile()).strip();
      assertThat(out() + err()).doesNotContain(password);
      assertThat(
              number(
                  services,
                  "warehouse",
                  "SELECT count(*) FROM etl_run WHERE options::text LIKE '%" + password + "%'"))
          .isZero();
    }
  }

  @Test
  @Order(2)
  void theNextLoadsWhatADayChanged() throws Exception {
    assertThat(run("demo", "--sampleCustomers=200", "--sampleOrders=1000", "--sampleEvents=400"))
        .isEqualTo(ExitCode.DONE);

    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      allEventsAreWhereTheyBelong(services, 800);
      // Of Tiki's and Sendo's orders the marketplaces are the authority in a demonstration.
      assertThat(
              number(
                  services,
                  "warehouse",
                  "SELECT count(*) FROM fact_sales WHERE source = 'oltp' AND is_counted"))
          .isEqualTo(
              number(
                      services,
                      "shop",
                      "SELECT count(*) FROM orders WHERE " + OF_THE_SHOP.formatted("platform"))
                  - number(
                      services,
                      "warehouse",
                      "SELECT count(DISTINCT position) FROM dead_letter"
                          + " WHERE source = 'oltp' AND stage LIKE '%sales%' AND "
                          + OF_THE_SHOP.formatted("payload::json->>'platform'")));
      for (String platform : List.of("tiki", "sendo")) {
        assertThat(
                number(
                    services,
                    "warehouse",
                    "SELECT count(*) FROM fact_sales WHERE is_counted AND source = '"
                        + platform
                        + "'"))
            .as(platform)
            .isPositive();
      }
      assertThat(
              number(
                  services,
                  "warehouse",
                  "SELECT count(*) FROM etl_step"
                      + " WHERE rows_read <> rows_loaded + rows_rejected + rows_skipped"))
          .isZero();
    }
  }

  /** All that were sent, by this launch and those before, and nothing twice. */
  private void allEventsAreWhereTheyBelong(EmbeddedServices services, int sent) throws Exception {
    assertThat(out()).contains("What became of the events", "The newest windows in Redis");
    assertThat(
            number(
                services,
                "warehouse",
                "SELECT sum(rows_read) FROM etl_run JOIN etl_step USING (run_id)"
                    + " WHERE command = 'stream' AND etl_step.status = 'succeeded'"
                    + " AND rows_read = rows_loaded + rows_rejected + rows_skipped"))
        .isEqualTo(sent);
    assertThat(number(services, "warehouse", "SELECT count(*) FROM fact_sales_realtime"))
        .isBetween(sent * 3L / 5, sent * 9L / 10);
    Map<String, String> shown = new TreeMap<>();
    try (Jedis redis = new Jedis(services.redis().uri())) {
      for (String key : redis.keys("sales:5m:2*")) {
        shown.put(key, redis.hget(key, "order_count") + " " + redis.hget(key, "total_revenue_vnd"));
      }
    }
    assertThat(shown).isNotEmpty().isEqualTo(windows(services));
  }

  private static Map<String, String> windows(EmbeddedServices services) throws Exception {
    Map<String, String> windows = new TreeMap<>();
    try (Connection connection = connect(services, "warehouse");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 'sales:5m:' || to_char(window_start AT TIME ZONE 'UTC',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') || ':' || platform || ':' || region,"
                    + " order_count || ' ' || total_revenue_vnd FROM sales_window"
                    + " WHERE window_start > now() - interval '1 hour'")) {
      while (row.next()) {
        windows.put(row.getString(1), row.getString(2));
      }
    }
    return windows;
  }

  @Test
  @Order(3)
  void aStoppedRunContinuesWhereItStopped() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      // As a process leaves it that was killed while it loaded the facts.
      execute(
          services,
          "INSERT INTO etl_run (run_id, command, options)"
              + " VALUES ('00000000-0000-0000-0000-000000000001', 'run', '{}')",
          "INSERT INTO etl_step (run_id, step, status, ended)"
              + " VALUES ('00000000-0000-0000-0000-000000000001', 'extract', 'succeeded', now()),"
              + " ('00000000-0000-0000-0000-000000000001', 'load-dimensions',"
              + " 'succeeded', now()),"
              + " ('00000000-0000-0000-0000-000000000001', 'load-facts', 'running', NULL)");
    }

    assertThat(run("run", "--embedded")).isEqualTo(ExitCode.DONE);

    assertThat(out()).contains("load-facts/oltp/orders").doesNotContain("load-dimensions/");
    assertThat(run("status", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(out()).contains("run  succeeded").doesNotContain("running");
  }

  @Test
  @Order(4)
  void aRunOfAPeriodIsNotResumedByAnOrdinaryOne() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      execute(
          services,
          "INSERT INTO etl_run (run_id, command, options)"
              + " VALUES ('00000000-0000-0000-0000-000000000002', 'run',"
              + " '{\"from\": \"2025-01-01\"}')",
          "INSERT INTO etl_step (run_id, step, status, ended)"
              + " VALUES ('00000000-0000-0000-0000-000000000002', 'load-dimensions',"
              + " 'succeeded', now())");
    }

    assertThat(run("run", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(out()).contains("load-dimensions/oltp/customers");
  }

  private ExitCode run(String... arguments) {
    out.reset();
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--home=" + home);
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    return new Phusa(
            Commands.all(),
            () -> new Environment(Clock.systemUTC()),
            console,
            Clock.systemUTC(),
            duration -> {})
        .run(all.toArray(new String[0]));
  }

  private static long number(EmbeddedServices services, String database, String sql)
      throws Exception {
    try (Connection connection = connect(services, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(EmbeddedServices services, String... statements) throws Exception {
    try (Connection connection = connect(services, "warehouse");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(EmbeddedServices services, String database) throws Exception {
    return DriverManager.getConnection(
        services.postgres().jdbcUrl(database),
        services.postgres().user(),
        services.postgres().password());
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
