package vn.phusa.runners.jobs.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.postgresql.util.PSQLException;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.oltp.ModifiedColumn;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.oltp.ZoneEvidence;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** Checks before a load whether the source has what is to be read, and lets it be read. */
final class SourceTables {
  /** No such table, schema or column, or no right to it: a message of these quotes no row. */
  private static final List<String> STATES = List.of("42P01", "3F000", "42703", "42501");

  private SourceTables() {}

  /**
   * Reads no row of each table.
   *
   * @param zone of naive times; null: nobody said
   * @throws InvalidOptionException if nobody said, and the source speaks against Vietnam's
   * @throws ServiceUnavailableException if a table or a column is missing or closed
   * @throws SQLException if the source fails otherwise
   */
  static void require(DatabaseAddress source, List<TableLoad> loads, @Nullable ZoneId zone)
      throws SQLException {
    try (Connection connection =
            Postgres.openSource(source, zone == null ? PolledTable.DEFAULT_ZONE : zone);
        Statement statement = connection.createStatement()) {
      for (TableLoad load : loads) {
        PolledTable table = load.table();
        statement.execute(
            String.format(
                Locale.ROOT,
                "SELECT %s FROM %s LIMIT 0",
                String.join(", ", table.columns()),
                table.kind()));
        if (zone == null) {
          new ZoneEvidence(ModifiedColumn.of(connection, table))
              .beforeTheFirstLoad(connection, table)
              .ifPresent(evidence -> refuse(table, evidence));
        }
      }
    } catch (PSQLException e) {
      if (!STATES.contains(e.getSQLState()) || e.getServerErrorMessage() == null) {
        throw e;
      }
      throw new ServiceUnavailableException(
          String.format(
              Locale.ROOT,
              "%s (--%s): %s",
              source.service(),
              source.option(),
              e.getServerErrorMessage().getMessage()),
          false,
          e);
    }
  }

  /** Watermarks of times that are read in a wrong zone pass over rows for ever. */
  static void refuse(PolledTable table, String evidence) {
    throw new InvalidOptionException(
        "oltpTimeZone",
        String.format(
            Locale.ROOT,
            "%s.%s has no time zone, and %s; give UTC, or +07:00 if its times are Vietnamese",
            table.kind(),
            PolledTable.MODIFIED,
            evidence));
  }
}
