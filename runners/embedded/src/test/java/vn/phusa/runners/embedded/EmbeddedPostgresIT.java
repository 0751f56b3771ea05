package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.home.BinaryCache;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.embedded.home.ProcessUser;
import vn.phusa.runners.embedded.login.SecretFile;
import vn.phusa.runners.embedded.process.ProgramRun;
import vn.phusa.runners.embedded.process.UnprivilegedLaunch;

class EmbeddedPostgresIT {
  private static final String INVALID_PASSWORD = "28P01";

  @TempDir private Path home;

  @Test
  void startsAgainWithTheDataItHad() throws Exception {
    int port;
    String password;
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedPostgres postgres = services.postgres();
      port = postgres.port();
      password = postgres.password();
      postgres.createDatabase("shop");
      run(postgres, "CREATE TABLE t AS SELECT 42 AS n");
    }
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedPostgres postgres = services.postgres();
      postgres.createDatabase("shop");
      assertThat(ask(postgres, "SELECT n FROM t")).isEqualTo("42");
      assertThat(postgres.password()).isEqualTo(password);
      assertThat(postgres.port()).isEqualTo(port);
    }
  }

  @Test
  void touchesNoDataThatItCannotUse() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.forTests(home)) {
      Path file = services.postgres().passwordFile();
      services.postgres().close();
      Files.delete(file);
    }
    assertRefuses("The password of the PostgreSQL data");
    Path version = home.resolve("postgres/data/PG_VERSION");
    SecretFile.password(home.resolve("secrets/postgres.password"));
    Files.writeString(version, "16\n");
    assertRefuses(
        "PostgreSQL 18 cannot read the data in %s, which PostgreSQL 16 made; to start anew beside"
                .formatted(home.toRealPath().resolve("postgres/data"))
            + " them: mv %1$s %1$s-16;".formatted(home.toRealPath().resolve("postgres")));
    Files.delete(version);
    assertRefuses("it has no PG_VERSION");
    assertThat(home.resolve("postgres/data/global/pg_control")).exists();
  }

  private void assertRefuses(String why) {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      assertThatThrownBy(services::postgres)
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining(why);
    }
  }

  @Test
  void isSetUpForThePipelines() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedPostgres postgres = services.postgres();
      postgres.createDatabase("shop");
      assertThat(ask(postgres, "SHOW wal_level")).isEqualTo("logical");
      assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(ask(postgres, "SELECT lower('ĐỒNG NAI')")).isEqualTo("đồng nai");
      run(postgres, "SELECT pg_create_logical_replication_slot('s', 'pgoutput')");
      postgres.dropDatabase("shop");
      assertThatThrownBy(() -> postgres.connect("shop")).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedPostgres postgres = services.postgres();
      String url = postgres.jdbcUrl("postgres");
      assertThatThrownBy(() -> DriverManager.getConnection(url, postgres.user(), "wrong"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INVALID_PASSWORD));
      assertThatThrownBy(() -> DriverManager.getConnection(url, postgres.user(), null))
          .isInstanceOf(SQLException.class);
      assertThat(ListeningSockets.addresses(postgres.port()))
          .isNotEmpty()
          .allMatch(ListeningSockets::isLoopback);
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(postgres.passwordFile())))
          .isEqualTo("rw-------");
      assertThat(home.resolve("postgres/initdb.password")).doesNotExist();
    }
  }

  @Test
  void recoversFromACrash() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedPostgres postgres = services.postgres();
      postgres.createDatabase("shop");
      int port = postgres.port();
      try (Connection open = postgres.connect("shop")) {
        open.setAutoCommit(false);
        try (Statement statement = open.createStatement()) {
          statement.execute("CREATE TABLE t AS SELECT generate_series(1, 1000) AS n");
          open.commit();
          statement.execute("INSERT INTO t VALUES (0)");
          postgres.kill();
          assertThat(postgres.isRunning()).isFalse();
          assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
        }
      }
      postgres.restart();
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(ask(postgres, "SELECT count(*) FROM t")).isEqualTo("1000");
    }
  }

  @Test
  void doesNotTrustThePidFileOfAnotherLife() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedPostgres postgres = services.postgres();
      postgres.createDatabase("shop");
      postgres.kill();
      Path file = home.resolve("postgres/data/postmaster.pid");
      String pid = Long.toString(ProcessHandle.current().pid());
      Files.writeString(file, Files.readString(file).replaceFirst("^[0-9]+", pid));
      postgres.restart();
      assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
    }
  }

  /** One after the other on the same data, in a home that only root may enter. */
  @Test
  void asRootRunsInEveryWayThereIs() throws Exception {
    assumeTrue(ProcessUser.isRoot(), "only root needs a way");
    List<UnprivilegedLaunch> ways = UnprivilegedLaunch.FOR_ROOT;
    for (UnprivilegedLaunch way : ways) {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      try (EmbeddedPostgres postgres =
          EmbeddedPostgres.start(home, false, BinaryCache.forHome(home), List.of(way))) {
        postgres.createDatabase("shop");
        run(postgres, "CREATE TABLE IF NOT EXISTS t AS SELECT 42 AS n");
        postgres.kill();
        postgres.restart();
        assertThat(ask(postgres, "SELECT n FROM t")).as("%s", way).isEqualTo("42");
      }
    }
  }

  @Test
  void asRootSaysWhenThereIsNoWay() throws Exception {
    assumeTrue(ProcessUser.isRoot(), "only root needs a way");
    UnprivilegedLaunch absent = new UnprivilegedLaunch(List.of("no-such-program"), -1, false);
    UnprivilegedLaunch stillRoot = new UnprivilegedLaunch(List.of("env"), -1, false);
    assertThatThrownBy(
            () ->
                EmbeddedPostgres.start(
                    home, false, BinaryCache.forHome(home), List.of(absent, stillRoot)))
        .isInstanceOf(EmbeddedServiceException.class)
        .hasMessageContaining("start as an ordinary user");
  }

  /** Where root is so at home, in a folder like /root, it can still become somebody. */
  @Test
  void asRootRunsBelowAFolderThatIsClosedToOthers() throws Exception {
    assumeTrue(ProcessUser.isRoot(), "only root needs a way");
    Path closed = PrivateFiles.folder(home.resolve("closed/home"));
    for (UnprivilegedLaunch way : UnprivilegedLaunch.FOR_ROOT.subList(0, 2)) {
      try (EmbeddedPostgres postgres =
          EmbeddedPostgres.start(closed, false, BinaryCache.forHome(closed), List.of(way))) {
        postgres.createDatabase("shop");
        assertThat(ask(postgres, "SELECT 1")).as("%s", way).isEqualTo("1");
      }
    }
  }

  /** As in a container that takes the right from root to look into others' folders. */
  @Test
  void asRootThatMayNotOverrideModesRunsInEveryOtherWay() throws Exception {
    assumeTrue(ProcessUser.isRoot(), "only root needs a way");
    assumeTrue(
        ProgramRun.run(Duration.ofSeconds(10), Map.of(), RootWays.withoutOverride("true"))
            .isSuccess(),
        "setpriv cannot take the right away here");
    List<UnprivilegedLaunch> ways = UnprivilegedLaunch.FOR_ROOT;
    for (int way : List.of(2, 3, 0, 2)) {
      ProgramRun.Result result =
          ProgramRun.run(
              Duration.ofMinutes(2),
              Map.of(),
              RootWays.withoutOverride(RootWays.line(home, way).toArray(String[]::new)));
      assertThat(result.isSuccess()).as("%s: %s", ways.get(way), result.output()).isTrue();
    }
  }

  private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connect("shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connect("shop");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
