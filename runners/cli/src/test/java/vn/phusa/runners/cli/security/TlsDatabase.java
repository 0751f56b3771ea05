package vn.phusa.runners.cli.security;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import vn.phusa.runners.embedded.EmbeddedPostgres;

/** Lets the embedded PostgreSQL speak TLS for as long as this is open; it goes on without, too. */
public final class TlsDatabase implements AutoCloseable {
  private static int files;

  private final EmbeddedPostgres server;

  public TlsDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Lets connections that are made from now on see the identity. */
  public void show(ServerIdentity identity) throws Exception {
    String name = "tls-test-" + ++files;
    // By the server itself, which runs as a user of its own: it wants nobody else to read its key.
    write(name + ".crt", identity.chainPem());
    write(name + ".key", identity.keyPem());
    execute("ALTER SYSTEM SET ssl_cert_file = '" + name + ".crt'");
    execute("ALTER SYSTEM SET ssl_key_file = '" + name + ".key'");
    execute("ALTER SYSTEM SET ssl = on");
    reload(name + ".crt");
  }

  private void write(String file, String text) throws SQLException {
    execute(
        "COPY (SELECT string_to_table('%s', E'\\n')) TO PROGRAM 'umask 077; cat > %s'"
            .formatted(text.strip(), file));
  }

  private void reload(String expected) throws SQLException {
    execute("SELECT pg_reload_conf()");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> expected.equals(show("ssl_cert_file")));
  }

  private String show(String setting) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl("postgres") + "?sslmode=disable", server.user(), server.password());
  }

  @Override
  public void close() throws SQLException {
    for (String setting : new String[] {"ssl", "ssl_cert_file", "ssl_key_file"}) {
      execute("ALTER SYSTEM RESET " + setting);
    }
    reload("server.crt");
  }
}
