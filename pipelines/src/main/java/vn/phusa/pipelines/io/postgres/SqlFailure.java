package vn.phusa.pipelines.io.postgres;

import dev.failsafe.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.waiting.StopRequest;

/** What a failure of the database means for the batch that met it. */
public enum SqlFailure {
  /** The same batch may succeed later: a lost connection, a deadlock, a race for a key. */
  TRANSIENT,
  /** Some row of the batch will never be accepted: it is to be found. */
  BAD_ROW,
  /** Neither: a missing table or right, a fault of the program. The step fails. */
  FATAL;

  private static final Logger LOG = LoggerFactory.getLogger(SqlFailure.class);

  /**
   * Tries again what may succeed later, for as long as a restart of the database takes.
   *
   * @param what is tried, for the log
   */
  public static <R> RetryPolicy<R> retries(String what) {
    return RetryPolicy.<R>builder()
        .handleIf(e -> e instanceof SQLException s && of(s) == TRANSIENT && !StopRequest.isMade())
        .withBackoff(Duration.ofMillis(20), Duration.ofSeconds(10), 2)
        .withJitter(0.5)
        .withMaxAttempts(-1)
        .withMaxDuration(Duration.ofMinutes(3))
        .onRetry(e -> LOG.info("trying {} again: {}", what, reasonOf(e.getLastException())))
        .build();
  }

  private static String reasonOf(@Nullable Throwable e) {
    return e instanceof SQLException s
        ? ServerTrouble.of(s).orElse("SQLSTATE " + s.getSQLState())
        : String.valueOf(e);
  }

  /** The failure's class, by its SQLSTATE (the driver's own errors have none: fatal). */
  public static SqlFailure of(SQLException e) {
    String state = e.getSQLState();
    if (state == null || state.length() < 2) {
      return FATAL;
    }
    // 25P03: this process was stopped in the midst of a transaction.
    if (state.equals("23505") || state.equals("25P03") || state.startsWith("57P0")) {
      return TRANSIENT;
    }
    // Cancelled by somebody else; or the server's disk.
    if (state.equals("57014") || state.equals("58030")) {
      return TRANSIENT;
    }
    return switch (state.substring(0, 2)) {
      case "08", "40", "53" -> TRANSIENT;
      case "55" -> state.equals("55P03") ? TRANSIENT : FATAL;
      case "21", "22", "23", "54" -> BAD_ROW;
      default -> FATAL;
    };
  }
}
