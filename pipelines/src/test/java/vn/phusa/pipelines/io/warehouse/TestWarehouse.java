package vn.phusa.pipelines.io.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.postgres.batch.TransactionalBatches;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.transforms.errors.DeadLetter;

/** A migrated warehouse in a fresh database. */
public final class TestWarehouse {
  private final DatabaseAddress address;

  private TestWarehouse(DatabaseAddress address) {
    this.address = address;
  }

  public static TestWarehouse in(FreshDatabase database) throws IOException {
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    Path secret = Files.createTempFile("phusa", ".secret");
    secret.toFile().deleteOnExit();
    Files.writeString(secret, database.password());
    return new TestWarehouse(
        new DatabaseAddress(
            "warehouse",
            "warehouseUrl",
            database.jdbcUrl(),
            database.user(),
            SecretReference.toFile(secret)));
  }

  public DatabaseAddress address() {
    return address;
  }

  public <T> TransactionalBatches<T> writing(BatchWriter<T> writer) {
    return new TransactionalBatches<>(address, null, writer);
  }

  /** The rows, each as its columns' texts. */
  public List<List<String>> query(String sql) throws SQLException {
    try (Connection connection = Postgres.open(address);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> result = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        result.add(row);
      }
      return result;
    }
  }

  public long count(String sql) throws SQLException {
    return Long.parseLong(query(sql).get(0).get(0));
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = Postgres.open(address);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until the query says more than 0. */
  public void await(String count) {
    Awaitility.await(count)
        .atMost(Deadline.scaled(Duration.ofMinutes(2)))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> count(count) > 0);
  }

  public static void refuse(DeadLetter deadLetter) {
    throw new AssertionError("refused: " + deadLetter);
  }

  public void rekey() throws SQLException {
    Rekeying.rekey(address);
  }
}
