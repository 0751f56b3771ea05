package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

class PhusaTest {
  @TempDir Path folder;
  private FakeLaunch launch;
  private FakeBackend backend;

  @BeforeEach
  void aWorld() throws Exception {
    launch = new FakeLaunch(folder);
    backend = launch.backend;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | unknown command nonsense; see ./phusa help",
        "laod-facts | unknown command laod-facts; did you mean load-facts?",
        "help nonsense | unknown command nonsense; see ./phusa help",
        "load-facts --keepServices | --keepServices is not an option of load-facts (but of demo)",
        "run --warehoseUrl=x | unknown option --warehoseUrl; did you mean --warehouseUrl?",
        "run --xyzzy=1 | unknown option --xyzzy; see ./phusa help run",
        "run hunter2 | options are --name=value; see ./phusa help run",
        "run --stepRetries=many | --stepRetries: a whole number expected",
        "run --embedded --stepRetries=-1 | --stepRetries: 0 or more expected",
        "run --embedded=perhaps | --embedded: true or false expected",
        "run --home --embedded | --home needs a value: --home=...",
        "run --home=a --home=b | --home is given twice",
        "run --runner=SparkRunner | --runner: DirectRunner or FlinkRunner expected",
        "run --parallelism=x | --parallelism: a whole number expected",
        "demo --sampleCustomers=0 | --sampleCustomers: 1 or more expected",
        "migrate --embedded --rules=/none | --rules: the file /none cannot be read",
        "run | give --warehouseUrl, and --oltpUrl or --stagingUri, or --embedded",
        "load-facts | give --warehouseUrl, and --oltpUrl or --stagingUri, or --embedded",
        "run --marketplaces=pom.xml | give --warehouseUrl and --stagingUri or --embedded",
        "extract | give --stagingUri and --warehouseUrl and --marketplaces or --embedded",
        "extract --marketplaces=/none --embedded "
            + "| --marketplaces: the file /none cannot be read",
        "extract --marketplaces=pom.xml --platforms=lazada,shoppe "
            + "| --platforms: \"shoppe\" is not one; did you mean shopee?",
        "extract --marketplaces=pom.xml --platforms=amazon | --platforms: \"amazon\" is not one; "
            + "known are fptshop, lazada, sendo, shopee, tiki",
        "extract --marketplaces=pom.xml --platforms=lazada, "
            + "| --platforms: names expected; known are fptshop, lazada, sendo, shopee, tiki",
        "extract --embedded --longestWait=long "
            + "| --longestWait: a duration such as PT30S, PT5M or P400D expected, not \"long\"",
        "extract --embedded --stagingPassword=hunter2 --stagingUri=mongodb://h:1 --stagingUser=u "
            + "| --stagingPassword: a secret is never given literally; give ${env:NAME},"
            + " ${file:/path} or ${file:/path:key}",
        "extract --embedded --stagingUri=mongodb://u:hunter2@h "
            + "| --stagingUri: a URI may hold no user or password; give --stagingUser and"
            + " --stagingPassword",
        "demo --sampleEvents=-1 | --sampleEvents: 0 or more expected",
        "demo --resume | --resume is not an option of demo (but of run)",
        "refresh-marts --embedded --runner=FlinkRunner --flinkMaster=nonsense "
            + "| --flinkMaster: [local], [auto] or host:port expected",
        "refresh-marts --embedded --runner=FlinkRunner --flinkConfDir=src "
            + "| --flinkConfDir: a folder with Flink's config.yaml expected",
        "migrate | give --warehouseUrl or --embedded",
        "migrate --warehouseUrl=jdbc:postgresql://h:port/d "
            + "| --warehouseUrl: jdbc:postgresql://host:port/database expected",
      })
  void aWrongCommandLineIsToldInOneLineAndStartsNothing(String arguments, String line) {
    assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(err()).isEqualTo("phusa: " + line + "\n");
    assertThat(backend.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "2m", "PT0S", "PT0.0001S", "-PT1M", "P2D", "PT9999999999999H"})
  void aWrongAnswerTimeoutStartsNothing(String given) {
    System.setProperty(AnswerTimeout.PROPERTY, given);
    try {
      assertThat(run("run", "--embedded")).isEqualTo(ExitCode.WRONG_OPTIONS);
    } finally {
      System.clearProperty(AnswerTimeout.PROPERTY);
    }
    assertThat(err())
        .isEqualTo(
            "phusa: -Dphusa.answerTimeout: an ISO-8601 duration such as PT2M, of a day at most,"
                + " expected\n");
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void noWordsAreAWrongCommandLine() {
    assertThat(run()).isEqualTo(ExitCode.WRONG_OPTIONS);
  }

  @ParameterizedTest
  @CsvSource({
    "--warehousePassword=hunter2",
    "--warehouseUrl=jdbc:postgresql://u:hunter2@h/d",
    "--warehouseUrl=jdbc:postgresql://h/d?password=hunter2"
  })
  void aSecretWrittenOutIsRefusedAndNotRepeated(String argument) {
    assertThat(run("migrate", "--embedded", argument)).isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(err()).startsWith("phusa: --warehouse").doesNotContain("hunter2").hasLineCount(1);
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void aReferenceThatLeadsNowhereIsNamedAtTheStart() {
    assertThat(
            run(
                "migrate",
                "--warehouseUrl=jdbc:postgresql://127.0.0.1:1/d",
                "--warehousePassword=${file:/no/such/file}"))
        .isEqualTo(ExitCode.WRONG_OPTIONS);
    assertThat(err())
        .isEqualTo("phusa: --warehousePassword: ${file:/no/such/file} does not exist\n");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedByItsOption() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThat(run("migrate", "--warehouseUrl=jdbc:postgresql://127.0.0.1:" + free + "/d"))
        .isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(err()).isEqualTo("phusa: warehouse (--warehouseUrl): cannot be reached\n");
  }

  @Test
  void runDoesTheStepsInTheirOrderAndTellsTheRows() {
    assertThat(run("run", "--embedded", "--home=there")).isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).containsExactly("embedded at there", "dimensions", "facts", "marts");
    assertThat(out())
        .isEqualTo(
            """
              step        read  loaded  rejected  skipped  opened  closed  seconds
              customers  1,200   1,000        50      150     900     100      1.2
              sales          7       7         0        0       0       0      2.0
              marts                                                            1.0
            """);
    assertThat(backend.ledger.locked).isFalse();
  }

  @Test
  void anInterruptionIsToldAsSuchWhateverItBroke() {
    backend.duringFacts =
        () -> {
          Thread.currentThread().interrupt();
          throw new ServiceUnavailableException(
              "--embedded: interrupted while running", false, null);
        };

    assertThat(run("load-facts", "--embedded")).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(err()).isEqualTo("phusa: stopped\n");

    Thread.currentThread().interrupt();
    assertThat(run("nonsense")).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aFlinkThatIsNotThereIsNamedByItsOption() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThat(
            run(
                "load-facts",
                "--embedded",
                "--runner=FlinkRunner",
                "--flinkMaster=127.0.0.1:" + free))
        .isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(err()).isEqualTo("phusa: Flink (--flinkMaster): cannot be reached\n");
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void migrateSaysWhatItDid() {
    assertThat(run("migrate", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(out()).isEqualTo("the warehouse's schema was created, version 4\n");
  }

  @Test
  void stepsSeeTheEmbeddedDatabasesAndNeverThePassword() {
    run("run", "--embedded");

    assertThat(backend.seen.getOltpUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:5/shop");
    assertThat(backend.seen.getWarehouseUrl()).endsWith("/warehouse");
    assertThat(backend.seen.getWarehousePassword())
        .isEqualTo("${file:" + backend.passwordFile + "}");
    assertThat(backend.seen.toString() + out() + err()).doesNotContain("hunter2");
  }

  @Test
  void aStoppedRunGoesOnAtTheStepThatFailed() {
    backend.duringFacts =
        () -> {
          throw new IllegalStateException("row of Nguyễn Văn An");
        };
    assertThat(run("run", "--embedded", "--stepRetries=0")).isEqualTo(ExitCode.PIPELINE_FAILED);
    assertThat(err())
        .startsWith("phusa: load-facts: IllegalStateException at PhusaTest.java:")
        .doesNotContain("Nguyễn")
        .hasLineCount(1);

    backend.calls.clear();
    backend.duringFacts = () -> null;
    assertThat(run("run", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls).containsExactly("embedded at .phusa", "facts", "marts");

    backend.calls.clear();
    assertThat(run("run", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls).contains("dimensions");
  }

  @ParameterizedTest
  @CsvSource({"--resume=false", "--fromBeginning", "--from=2025-01-01", "--resumeWithin=PT0S"})
  void aStoppedRunIsBegunAnewWhenAsked(String argument) {
    backend.duringFacts =
        () -> {
          throw new IllegalStateException();
        };
    run("run", "--embedded", "--stepRetries=0");
    backend.calls.clear();
    backend.duringFacts = () -> null;

    assertThat(run("run", "--embedded", argument)).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls).contains("dimensions");
  }

  @Test
  void onlyOneRunIsActive() {
    backend.ledger.locked = true;

    assertThat(run("load-facts", "--embedded")).isEqualTo(ExitCode.ANOTHER_RUN_ACTIVE);
    assertThat(err()).isEqualTo("phusa: another run is active\n");
    assertThat(backend.calls).doesNotContain("facts");
  }

  @Test
  void aWarehouseThatIsNotMigratedIsRefused() {
    backend.migrated = false;

    assertThat(run("status", "--embedded")).isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(err()).contains("./phusa migrate").hasLineCount(1);
  }

  @Test
  void aDatabaseThatRefusesDuringAStepIsAServiceThatCannotBeUsed() {
    backend.duringFacts =
        () -> {
          throw new RuntimeException(new SQLException("gone, row (1, An)", "08006"));
        };

    assertThat(run("load-facts", "--embedded")).isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(err()).isEqualTo("phusa: load-facts: a database: the connection was lost\n");
  }

  @Test
  void theDemonstrationIsEmbeddedAndFillsTheShopOnce() {
    assertThat(run("demo", "--sampleEvents=0")).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls.subList(0, 3))
        .startsWith("embedded at .phusa")
        .containsOnlyOnce("mongo", "marketplaces");
    assertThat(backend.calls.subList(3, backend.calls.size()))
        .containsExactly("fill", "migrate", "extract", "dimensions", "facts", "marts");
    assertThat(out()).contains("Revenue, VND", "12,345", "./phusa demo --keepServices");

    backend.sampleIsThere = true;
    backend.calls.clear();
    run("demo", "--sampleEvents=0");
    assertThat(backend.calls).contains("day").doesNotContain("fill");
  }

  @Test
  void theDemonstrationEndsWithEventsThatAreStreamed() {
    backend.ledger.now = Instant.parse("2025-03-01T00:00:00.123456789Z");

    assertThat(run("demo", "--sampleEvents=70", "--runner=DirectRunner")).isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).contains("kafka", "redis").endsWith("70 events to 127.0.0.1:7");
    assertThat(backend.streams.seen.getTopics())
        .isEqualTo("sales_events,customer_events,inventory_events");
    // Redis knows windows by whole seconds: both stores are to be asked for the same ones.
    assertThat(backend.streams.earliest).isEqualTo(Instant.parse("2025-02-28T23:00:00Z"));
    assertThat(out())
        .contains("07:05-07:10  Tiki      South", " 3     1,234,567")
        .contains(
            ") redis-cli -h 127.0.0.1 -p 8\n",
            "--bootstrap-server 127.0.0.1:7 --command-config "
                + backend.passwordFile.resolveSibling("kafka-tools.properties")
                + " --list\n");
    assertThat(backend.ledger.events).endsWith("sales_events SUCCEEDED", "run-2 SUCCEEDED");
  }

  @Test
  void noEventsOfTheSampleGoWithAShopOfOnesOwn() {
    assertThat(run("demo", "--oltpUrl=jdbc:postgresql://127.0.0.1:1/d"))
        .isEqualTo(ExitCode.SERVICE_UNUSABLE);

    assertThat(backend.calls).doesNotContain("kafka", "redis");
  }

  @Test
  void keptServicesAreTold() throws Exception {
    Thread demo = new Thread(() -> run("demo", "--keepServices", "--sampleEvents=0"));
    demo.start();
    while (!out().contains("until Ctrl-C") && demo.isAlive()) {
      Thread.onSpinWait();
    }
    demo.interrupt();
    demo.join(10_000);

    assertThat(demo.isAlive()).isFalse();
    assertThat(out())
        .contains(
            "PGPASSWORD=$(cat "
                + backend.passwordFile
                + ") psql -h 127.0.0.1 -p 5 -U phusa warehouse")
        .contains(
            "  mongosh mongodb://127.0.0.1:6/ecommerce_staging --authenticationDatabase admin"
                + " -u phusa (password: cat "
                + backend.passwordFile
                + ")\n")
        .doesNotContain("hunter2");
  }

  @Test
  void statusShowsRunsWatermarksAndDeadLetters() {
    assertThat(run("status", "--embedded")).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains("2025-03-01 07:00:00 +07:00  run  failed after 42 s: load-facts: the database")
        .contains("customers  succeeded     5       4         1        0      3.0")
        .contains("oltp    customers  2025-03-01 07:00:00 +07:00")
        .contains("cleanse-sales  not_a_number       12");
  }

  private ExitCode run(String... arguments) {
    return launch.run(arguments);
  }

  private String out() {
    return launch.out();
  }

  private String err() {
    return launch.err();
  }
}
