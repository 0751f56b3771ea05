package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.ledger.RunLock;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** What is set up wrongly is reported in one line, with the right exit code and without secrets. */
@WithEmbeddedServices
@ExtendWith(EmptyShop.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongSetupIT {
  private static final String SECRET = "hunter2-not-the-password";

  @TempDir private Path folder;
  private ShopAndWarehouse databases;
  private EmbeddedPostgres postgres;

  @BeforeAll
  void take(EmbeddedPostgres server, ShopAndWarehouse own) {
    postgres = server;
    databases = own;
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong"), SECRET);

    expect(loadBut("--warehousePassword=${file:" + wrong + "}"), 3, "warehouse", "password");
    expect(loadBut("--oltpPassword=${file:" + wrong + "}"), 3, "operational database", "password");
  }

  @Test
  void aSecretThatIsNotThereIsAWrongOption() {
    expect(loadBut("--oltpPassword=${file:/nowhere/at/all}"), 2, "--oltpPassword", "/nowhere");
    expect(loadBut("--oltpPassword=${env:PHUSA_NO_SUCH_VARIABLE}"), 2, "PHUSA_NO_SUCH_VARIABLE");
  }

  @Test
  void aLiteralSecretIsRefusedAndNotRepeated() {
    expect(loadBut("--warehousePassword=" + SECRET), 2, "--warehousePassword");
    expect(
        loadBut("--oltpUrl=jdbc:postgresql://localhost/shop?user=a&password=" + SECRET),
        2,
        "--oltpUrl");
    expect(loadBut("--oltpUrl=jdbc:postgresql://a:" + SECRET + "@localhost/shop"), 2, "--oltpUrl");
    expect(databases.load("load-facts", SECRET), 2, "--name=value");
  }

  @Test
  void anotherAddressCannotBeReached() {
    expect(loadBut("--oltpUrl=jdbc:postgresql://127.0.0.1:1/shop"), 3, "cannot be reached");
    expect(loadBut("--warehouseUrl=jdbc:postgresql://no-such-host.invalid/x"), 3, "host");
    expect(
        loadBut("--warehouseUrl=" + postgres.jdbcUrl("no_such_database")), 3, "no such database");
    expect(loadBut("--oltpUrl=jdbc:mysql://localhost/shop"), 2, "--oltpUrl");
    expect(loadBut("--oltpUser=nobody"), 3, "operational database");
  }

  @Test
  void aSchemaThatIsNotMigratedAsksForIt() throws Exception {
    String empty = postgres.createDatabase("setup_empty");
    try {
      expect(loadBut("--warehouseUrl=" + empty), 3, "warehouse", "migrate");
    } finally {
      postgres.dropDatabase("setup_empty");
    }
  }

  @Test
  void aSchemaIsCreatedOnceAndAfterwardsUpToDate() throws Exception {
    String fresh = postgres.createDatabase("setup_fresh");
    try {
      List<String> arguments = new ArrayList<>(databases.warehouseArguments());
      arguments.replaceAll(
          word -> word.startsWith("--warehouseUrl") ? "--warehouseUrl=" + fresh : word);
      arguments.add(0, "migrate");
      String[] migrate = arguments.toArray(new String[0]);

      assertThat(ShopAndWarehouse.run(migrate).out()).contains("was created, version ");
      assertThat(ShopAndWarehouse.run(migrate).out()).contains("is up to date, version ");
    } finally {
      postgres.dropDatabase("setup_fresh");
    }
  }

  @Test
  void aWarehouseThatCannotHoldAllLettersIsRefused() throws Exception {
    String latin = postgres.jdbcUrl("setup_latin");
    databases.executeInShop(
        "CREATE DATABASE setup_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    try {
      for (String command : List.of("migrate", "status")) {
        expect(
            ShopAndWarehouse.run(
                command,
                "--warehouseUrl=" + latin,
                "--warehouseUser=" + postgres.user(),
                "--warehousePassword=${file:" + postgres.passwordFile() + "}"),
            3,
            "warehouse (--warehouseUrl): its encoding is LATIN1",
            "UTF8");
      }
    } finally {
      postgres.dropDatabase("setup_latin");
    }
  }

  @Test
  void aMigrationWithoutTheRightToCreateTablesSaysSo() throws Exception {
    Path password = Files.writeString(folder.resolve("reader"), "a-reader");
    String closed = postgres.createDatabase("setup_closed");
    try {
      databases.executeInShop("CREATE ROLE setup_reader LOGIN PASSWORD 'a-reader'");

      expect(
          ShopAndWarehouse.run(
              "migrate",
              "--warehouseUrl=" + closed,
              "--warehouseUser=setup_reader",
              "--warehousePassword=${file:" + password + "}"),
          3,
          "warehouse (--warehouseUrl): ",
          "permission denied for schema public");
    } finally {
      postgres.dropDatabase("setup_closed");
      databases.executeInShop("DROP ROLE IF EXISTS setup_reader");
    }
  }

  @Test
  void aStagingThatIsNotThereIsNamedByItsOption() throws Exception {
    expect(
        databases.load("load-facts", "--stagingUri=mongodb://127.0.0.1:1"),
        3,
        "staging database (--stagingUri): cannot be reached");
    Path password = Files.writeString(folder.resolve("mongo"), SECRET);
    expect(
        databases.load(
            "load-facts",
            "--stagingUri=mongodb://127.0.0.1:1/?readPreference=nonsense",
            "--stagingUser=an",
            "--stagingPassword=${file:" + password + "}"),
        2,
        "--stagingUri: ");
    expect(
        databases.load("load-facts", "--stagingUri=mongodb://an:" + SECRET + "@127.0.0.1"),
        2,
        "--stagingUri: ");
  }

  @Test
  void aFlinkThatIsNotThereIsNamedByItsOption() {
    expect(
        databases.load("load-facts", "--runner=FlinkRunner", "--flinkMaster=127.0.0.1:1"),
        3,
        "Flink (--flinkMaster): cannot be reached");
  }

  @Test
  void aMissingOperationalTableOrColumnIsNamed() throws Exception {
    databases.executeInShop("ALTER TABLE transactions RENAME TO payments");
    expect(databases.load("load-facts"), 3, "operational database", "\"transactions\"");
    databases.executeInShop("ALTER TABLE payments RENAME TO transactions");

    databases.executeInShop("ALTER TABLE products RENAME brand TO maker");
    expect(databases.load("load-dimensions"), 3, "operational database", "brand");
    databases.executeInShop("ALTER TABLE products RENAME maker TO brand");

    assertThat(
            databases.warehouseRows(
                "SELECT DISTINCT command, status FROM etl_run WHERE error LIKE '%operational%'"
                    + " ORDER BY 1"))
        .containsExactly(List.of("load-dimensions", "failed"), List.of("load-facts", "failed"));
  }

  @Test
  void wrongOptionsStartNothing() throws Exception {
    long runs = databases.countInWarehouse("SELECT count(*) FROM etl_run");

    expect(databases.load("load-facts", "--oltpUlr=x"), 2, "--oltpUlr", "--oltpUrl");
    expect(databases.load("load-facts", "--waveRows=many"), 2, "--waveRows");
    expect(databases.load("load-facts", "--waveRows=-1"), 2, "waveRows");
    expect(databases.load("load-facts", "--overlap=1 minute"), 2, "overlap");
    expect(databases.load("load-facts", "--from=yesterday"), 2, "from");
    expect(databases.load("load-facts", "--from=2024-02-02", "--to=2024-02-01"), 2, "to");
    expect(databases.load("load-facts", "--rules=/nowhere.yaml"), 2, "rules");
    expect(databases.load("lod-facts"), 2, "load-facts");

    assertThat(databases.countInWarehouse("SELECT count(*) FROM etl_run")).isEqualTo(runs);
  }

  @Test
  void noSourceIsAWrongOption() {
    List<String> arguments = new ArrayList<>(List.of("load-facts"));
    arguments.addAll(databases.warehouseArguments());

    expect(ShopAndWarehouse.run(arguments.toArray(new String[0])), 2, "--oltpUrl");
    expect(ShopAndWarehouse.run("load-facts"), 2, "--oltpUrl", "--warehouseUrl");
  }

  @Test
  void asLongAsAnotherRunIsActiveNoneIsStarted() throws Exception {
    try (RunLock other =
        RunLock.acquire(Postgres.dataSource(databases.warehouseAddress()), "batch")) {
      assertThat(other.isHeld()).isTrue();
      expect(databases.load("load-facts"), 6, "another run");
      expect(databases.onWarehouse("refresh-marts"), 6, "another run");
    }
    assertThat(databases.load("load-facts").code()).isZero();
  }

  /** A load with one of its options given otherwise. */
  private Ended loadBut(String option) {
    String name = option.substring(0, option.indexOf('=') + 1);
    return ShopAndWarehouse.run(
        Stream.concat(
                databases.loadArguments("load-facts").stream()
                    .filter(word -> !word.startsWith(name)),
                Stream.of(option))
            .toArray(String[]::new));
  }

  private void expect(Ended ended, int code, String... told) {
    assertThat(ended.code()).as(ended.all()).isEqualTo(code);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines().toList()).as(ended.err()).hasSize(1);
    assertThat(ended.err()).startsWith("phusa: ").doesNotContain("Exception", "\tat ");
    Arrays.stream(told).forEach(word -> assertThat(ended.err()).contains(word));
    assertThat(ended.all()).doesNotContain(SECRET).doesNotContain(postgres.password());
  }
}
