package vn.phusa.pipelines.io.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SchemaName;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class PostgresIT {
  @TempDir private Path folder;

  private DatabaseAddress address(String url, String user, String password) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), password);
    return new DatabaseAddress(
        "warehouse", "warehouseUrl", url, user, SecretReference.toFile(secret));
  }

  @Test
  void aStatementMayTakeLongUnlessTheUrlSaysOtherwise(FreshDatabase database) throws Exception {
    DatabaseAddress plain = address(database.jdbcUrl(), database.user(), database.password());
    try (Connection reading = Postgres.open(plain);
        Connection writing = Postgres.openForBatches(plain)) {
      assertThat(reading.getNetworkTimeout()).as("a query of marts may take hours").isZero();
      assertThat(writing.getNetworkTimeout()).as("told and limited by its socket").isZero();
    }
    String url =
        database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "socketTimeout=1";
    try (Connection writing =
        Postgres.openForBatches(address(url, database.user(), database.password()))) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> writing.createStatement().execute("SELECT pg_sleep(20)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void aTableOfTheSameNameElsewhereIsNotTakenForTheWarehouses(FreshDatabase database)
      throws Exception {
    DatabaseAddress plain = address(database.jdbcUrl(), database.user(), database.password());
    try (Connection session = Postgres.open(plain);
        Statement statement = session.createStatement()) {
      statement.execute("CREATE TABLE public.fact_sales AS SELECT 'public' AS kept_in");
      statement.execute("CREATE SCHEMA AUTHORIZATION CURRENT_USER");
      statement.execute(
          "CREATE TABLE \"%1$s\".fact_sales AS SELECT 'backup' AS kept_in"
              .formatted(database.user()));
      statement.execute("CREATE SCHEMA \"Dw\"");
      statement.execute("CREATE TABLE \"Dw\".fact_sales AS SELECT 'Dw' AS kept_in");
    }
    try (Connection session = Postgres.open(inSchema(plain, "Dw"));
        ResultSet row = session.createStatement().executeQuery("SELECT kept_in FROM fact_sales")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("Dw");
    }
    for (Connection opened :
        List.of(Postgres.open(plain), Postgres.openForBatches(plain), dataSourceOf(plain))) {
      try (Connection session = opened;
          ResultSet row =
              session
                  .createStatement()
                  .executeQuery("SELECT kept_in, current_setting('jit') FROM fact_sales")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("public");
        assertThat(row.getString(2)).as("it makes small statements slow").isEqualTo("off");
      }
    }
  }

  private static DatabaseAddress inSchema(DatabaseAddress address, String schema) {
    return new DatabaseAddress(
        address.service(),
        address.option(),
        address.url(),
        address.user(),
        address.password(),
        address.tls(),
        new SchemaName(schema));
  }

  private static Connection dataSourceOf(DatabaseAddress address) throws SQLException {
    return Postgres.dataSource(address).getConnection();
  }

  @Test
  void eachSideNoticesThatTheOtherIsGone(FreshDatabase database) throws Exception {
    DatabaseAddress plain = address(database.jdbcUrl(), database.user(), database.password());
    try (Connection session = Postgres.open(plain);
        ResultSet row =
            session
                .createStatement()
                .executeQuery(
                    "SELECT current_setting('tcp_keepalives_idle'),"
                        + " current_setting('tcp_keepalives_interval'),"
                        + " current_setting('tcp_keepalives_count'),"
                        + " current_setting('tcp_user_timeout'),"
                        + " current_setting('client_connection_check_interval')")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("15");
      assertThat(row.getString(2)).isEqualTo("5");
      assertThat(row.getString(3)).isEqualTo("6");
      assertThat(row.getString(4)).isEqualTo("45000");
      assertThat(row.getString(5)).isEqualTo("10s");
    }
    try (Socket socket = socket()) {
      assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(15);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(5);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(6);
    }
  }

  @Test
  void aServerThatTakesTheConnectionAndSaysNothingIsNotWaitedForForEver() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x?loginTimeout=1";
      assertThatThrownBy(() -> Postgres.open(address(url, "u", "p")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }
  }

  private static Socket socket() {
    try (KeepAliveSockets.Opening ignored =
        KeepAliveSockets.opening("warehouse", Duration.ofSeconds(30))) {
      return new KeepAliveSockets().createSocket();
    }
  }
}
