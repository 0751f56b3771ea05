package vn.phusa.runners.local.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.warehouse.Marts;
import vn.phusa.pipelines.warehouse.SchemaNotMigratedException;
import vn.phusa.pipelines.warehouse.WarehouseSchema;
import vn.phusa.runners.local.ServiceUnusableException;
import vn.phusa.runners.local.backend.Warehouse;
import vn.phusa.runners.local.backend.WarehouseStatus;
import vn.phusa.runners.local.run.RunLedger;
import vn.phusa.transforms.rules.Rules;

/** The warehouse in PostgreSQL. */
final class PostgresWarehouse implements Warehouse {
  private final DatabaseAddress address;
  private final DataSource database;

  PostgresWarehouse(DatabaseAddress address) {
    this.address = address;
    this.database = Postgres.dataSource(address);
  }

  @Override
  public void migrate(Rules rules) throws SQLException {
    try {
      WarehouseSchema.migrate(
          address.url(),
          address.user(),
          address.password() == null ? null : address.password().resolve(),
          rules);
    } catch (FlywayException e) {
      throw unusable("the schema cannot be migrated: " + firstLine(e), e);
    }
  }

  @Override
  public void requireMigrated() throws SQLException {
    try (Connection connection = database.getConnection()) {
      WarehouseSchema.requireMigrated(connection);
    } catch (SchemaNotMigratedException e) {
      throw unusable(e.getMessage(), e);
    }
  }

  @Override
  public RunLedger ledger() {
    return new WarehouseRunLedger(database);
  }

  @Override
  public List<Headline> headlines() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return HeadlineText.of(Marts.headlines(connection));
    }
  }

  @Override
  public WarehouseStatus status(int lastRuns) throws SQLException {
    return new StatusReader(database).read(lastRuns);
  }

  private ServiceUnusableException unusable(String why, Exception cause) {
    return new ServiceUnusableException(
        "%s (--%s): %s".formatted(address.service(), address.option(), why), false, cause);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
