package vn.phusa.runners.jobs.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.schema.Marts;
import vn.phusa.pipelines.io.warehouse.schema.MissingRightException;
import vn.phusa.pipelines.io.warehouse.schema.RegisteredRules;
import vn.phusa.pipelines.io.warehouse.schema.SchemaNotMigratedException;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.pipelines.io.warehouse.schema.WrongEncodingException;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.LeftJobs;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.RulesException;

/** The warehouse in PostgreSQL. */
public final class WarehouseAdmin implements WarehousePort {
  private final DatabaseAddress address;
  private final DataSource database;

  public WarehouseAdmin(DatabaseAddress address) {
    this.address = address;
    this.database = Postgres.dataSource(address);
  }

  @Override
  public String migrate(Rules rules) throws SQLException {
    try {
      WarehouseSchema.Migration done = WarehouseSchema.migrate(database, address.schema(), rules);
      return done.otherRules() == null
          ? what(done)
          : what(done)
              + "; other rules are in force than number "
              + done.otherRules().number()
              + " of etl_rules: what was loaded follows with ./phusa rederive";
    } catch (WrongEncodingException | MissingRightException e) {
      throw unusable(e.getMessage(), e);
    } catch (FlywayException | SQLException e) {
      Optional<String> reason = serversReason(e);
      if (reason.isEmpty() && e instanceof SQLException sql) {
        throw sql;
      }
      String why = reason.orElseGet(() -> String.valueOf(e.getMessage()));
      throw unusable("the schema cannot be migrated: " + why.lines().findFirst().orElse(""), e);
    }
  }

  private static String what(WarehouseSchema.Migration done) {
    if (done.from() == null) {
      return "was created, version " + done.to();
    }
    return done.from().equals(done.to())
        ? "is up to date, version " + done.to()
        : String.format(Locale.ROOT, "was upgraded from version %s to %s", done.from(), done.to());
  }

  @Override
  public Optional<InForce> rulesInForce() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return RegisteredRules.newest(connection)
          .map(newest -> new InForce(newest.number(), newest.rules()));
    } catch (RulesException e) {
      throw unusable("the rules in force (etl_rules) are not understood: " + e.getMessage(), e);
    }
  }

  @Override
  public void require(Set<WarehouseRights> rights) throws SQLException {
    try (Connection connection = database.getConnection()) {
      WarehouseSchema.requireMigrated(connection, address.schema());
      WarehouseRights.require(connection, rights);
    } catch (SchemaNotMigratedException | MissingRightException | WrongEncodingException e) {
      throw unusable(e.getMessage(), e);
    }
  }

  @Override
  public Ledger ledger(RunKind kind, LeftJobs left) {
    return new PostgresLedger(database, kind, left);
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

  private ServiceUnavailableException unusable(String why, Exception cause) {
    return new ServiceUnavailableException(
        String.format(Locale.ROOT, "%s (--%s): %s", address.service(), address.option(), why),
        false,
        cause);
  }

  /** Flyway says at best which script failed. */
  private static Optional<String> serversReason(Exception e) {
    return ExceptionUtils.getThrowableList(e).stream()
        .filter(PSQLException.class::isInstance)
        .map(cause -> ((PSQLException) cause).getServerErrorMessage())
        // Of the classes in which a message names tables and rights, and quotes no row.
        .filter(answer -> answer != null && String.valueOf(answer.getSQLState()).startsWith("42"))
        .map(ServerErrorMessage::getMessage)
        .findFirst();
  }
}
