package vn.phusa.runners.jobs.preflight;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.options.PipelineOptions;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.PostgresTls;
import vn.phusa.runners.jobs.failure.DatabaseProblem;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/**
 * A PostgreSQL database.
 *
 * @param embeddedName the name of the embedded one
 * @param where where the options say that it is
 * @param naming lets the options name the embedded one
 */
record PostgresService(
    String embeddedName, Function<PipelineOptions, Optional<DatabaseAddress>> where, Naming naming)
    implements ServiceAccess<DatabaseAddress> {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresService.class);

  /** Lets the options name a database. */
  @FunctionalInterface
  interface Naming {
    void name(PipelineOptions options, EmbeddedStores.Database database);
  }

  @Override
  public Optional<DatabaseAddress> address(PipelineOptions options) {
    return where.apply(options);
  }

  @Override
  public void checkGiven(DatabaseAddress given) {
    if (Driver.parseURL(given.url(), null) == null) {
      throw new InvalidOptionException(
          given.option(), "jdbc:postgresql://host:port/database expected");
    }
    GivenSecret.check(given.option().replace("Url", "Password"), given.password());
    PostgresTls.check(given);
    PostgresTls.warning(given).ifPresent(LOG::warn);
  }

  @Override
  public void checkConnects(DatabaseAddress given) {
    try (Connection ignored = Postgres.open(given)) {
      LOG.debug("{} answers", given.service());
    } catch (SQLException e) {
      DatabaseProblem problem =
          DatabaseProblem.of(e, given.user())
              .orElse(new DatabaseProblem("refused (SQLState " + e.getSQLState() + ")", false));
      throw new ServiceUnavailableException(
          String.format(
              Locale.ROOT, "%s (--%s): %s", given.service(), given.option(), problem.line()),
          problem.isRetryable(),
          e);
    }
  }

  @Override
  public boolean hasEmbeddedData(EmbeddedStores stores) throws SQLException {
    return stores.hasDatabase(embeddedName);
  }

  @Override
  public String startEmbedded(EmbeddedStores stores, PipelineOptions options) throws SQLException {
    EmbeddedStores.Database database = stores.database(embeddedName);
    naming.name(options, database);
    return ShellCommand.psql(database);
  }
}
