package vn.phusa.pipelines.io.warehouse;

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
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.transforms.rules.Rules;

/** A database of its own for a test, on the server that the tests of this JVM share. */
public final class TestDatabase {

  private static final AtomicInteger CREATED = new AtomicInteger();

  private final EmbeddedPostgres postgres;
  private final String url;

  private TestDatabase(EmbeddedPostgres postgres, String url) {
    this.postgres = postgres;
    this.url = url;
  }

  /** An empty database. */
  public static TestDatabase empty(EmbeddedPostgres postgres) throws SQLException {
    String url = postgres.createDatabase("warehouse_test_" + CREATED.incrementAndGet());
    return new TestDatabase(postgres, url);
  }

  /** A database with the warehouse's schema and what the default rules say. */
  public static TestDatabase migrated(EmbeddedPostgres postgres) throws SQLException {
    TestDatabase database = empty(postgres);
    database.migrate();
    return database;
  }

  public void migrate() throws SQLException {
    WarehouseSchema.migrate(dataSource(), SchemaName.PUBLIC, Rules.defaults());
  }

  public DataSource dataSource() {
    return dataSource(postgres.port());
  }

  /** Through another port of loopback. */
  public DataSource dataSource(int port) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url.replace(":" + postgres.port() + "/", ":" + port + "/"));
    dataSource.setUser(postgres.user());
    dataSource.setPassword(postgres.password());
    return dataSource;
  }

  public Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a script from the test resources. */
  public void run(String resource) throws SQLException {
    try (InputStream in = TestDatabase.class.getResourceAsStream(resource)) {
      execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a query, their columns joined by " | ". */
  public List<String> rows(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return rows(connection, sql);
    }
  }

  /** As {@link #rows(String)}, by another connection. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
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
  public String value(String sql) throws SQLException {
    List<String> rows = rows(sql);
    if (rows.size() != 1) {
      throw new AssertionError("one row expected of: " + sql + "\nbut got: " + rows);
    }
    return rows.get(0);
  }
}
