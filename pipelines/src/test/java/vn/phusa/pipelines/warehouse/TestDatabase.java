package vn.phusa.pipelines.warehouse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own for a test, on a server that the tests of this JVM share. */
final class TestDatabase {

  private final String url;

  private TestDatabase(String url) {
    this.url = url;
  }

  /** An empty database. */
  static TestDatabase empty() throws SQLException {
    String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new TestDatabase(Server.INSTANCE.getJdbcUrl("postgres", name));
  }

  /** A database with the warehouse's schema and {@link SmallReference}. */
  static TestDatabase migrated() throws SQLException {
    TestDatabase database = empty();
    database.migrate();
    return database;
  }

  void migrate() throws SQLException {
    WarehouseSchema.migrate(url, null, null, SmallReference.defaults());
  }

  DataSource dataSource() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    return dataSource;
  }

  Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a script from the test resources. */
  void run(String resource) throws SQLException {
    try (InputStream in = TestDatabase.class.getResourceAsStream(resource)) {
      execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a query, their columns joined by " | ". */
  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(row.getString(i));
        }
        rows.add(String.join(" | ", values));
      }
    }
    return rows;
  }

  /** The only value of a query. */
  String value(String sql) throws SQLException {
    List<String> rows = rows(sql);
    if (rows.size() != 1) {
      throw new AssertionError("one row expected of: " + sql + "\nbut got: " + rows);
    }
    return rows.get(0);
  }

  /** Started with the first test that asks for it; it stops with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
