package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;

/**
 * The settings that every session of ours starts with: texts mean the same on every machine, and a
 * client that is gone is noticed by the server too, which else keeps its session, and the locks of
 * that, for two hours. A lock is not waited for without a limit. The server compiles no expressions
 * (JIT): that takes seconds where a statement of ours takes milliseconds, since the plans of
 * temporary tables are estimated too high.
 */
final class SessionSettings {
  private static final int KNOWS_USER_TIMEOUT = 12;
  private static final int LOOKS_FOR_ITS_CLIENT = 14;

  private SessionSettings() {}

  /**
   * Sets them.
   *
   * @param timeZone as SQL has it, e.g. {@code 'UTC'}
   * @param schema the only one that unqualified names are looked for in; null: as the role or the
   *     database has it
   */
  static void set(Connection connection, String timeZone, @Nullable SchemaName schema)
      throws SQLException {
    String texts =
        "SET TIME ZONE "
            + timeZone
            + (schema == null ? "" : "; SET search_path TO " + schema.quoted())
            + "; SET jit TO off"
            + "; SET datestyle TO 'ISO, YMD'; SET lock_timeout TO "
            + AnswerTimeout.limit().toMillis();
    int version = connection.getMetaData().getDatabaseMajorVersion();
    try (Statement statement = connection.createStatement()) {
      try {
        statement.execute(texts + keepAlive(version) + lookForClient(version));
      } catch (SQLException e) {
        if (!refused(e)) {
          throw e;
        }
        // A system on which a server cannot look for its client while a statement runs.
        statement.execute(texts + keepAlive(version));
      }
    }
  }

  /** Through a Unix socket these mean nothing, and are taken without a word. */
  private static String keepAlive(int version) {
    return "; SET tcp_keepalives_idle TO "
        + KeepAliveSockets.IDLE.toSeconds()
        + "; SET tcp_keepalives_interval TO "
        + KeepAliveSockets.INTERVAL.toSeconds()
        + "; SET tcp_keepalives_count TO "
        + KeepAliveSockets.QUESTIONS
        + (version < KNOWS_USER_TIMEOUT
            ? ""
            : "; SET tcp_user_timeout TO " + KeepAliveSockets.TIMEOUT.toMillis());
  }

  private static String lookForClient(int version) {
    return version < LOOKS_FOR_ITS_CLIENT ? "" : "; SET client_connection_check_interval TO '10s'";
  }

  private static boolean refused(SQLException e) {
    return "22023".equals(e.getSQLState()) || "42704".equals(e.getSQLState());
  }
}
