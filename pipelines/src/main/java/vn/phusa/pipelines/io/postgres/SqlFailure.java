package vn.phusa.pipelines.io.postgres;

import java.sql.SQLException;

/** What a failure of the database means for the batch that met it. */
enum SqlFailure {
  /** The same batch may succeed later: a lost connection, a deadlock, a race for a key. */
  TRANSIENT,
  /** Some row of the batch will never be accepted: it is to be found. */
  BAD_ROW,
  /** Neither: a missing table or right, a fault of the program. The step fails. */
  FATAL;

  /** The failure's class, by its SQLSTATE (the driver's own errors have none: fatal). */
  static SqlFailure of(SQLException e) {
    String state = e.getSQLState();
    if (state == null || state.length() < 2) {
      return FATAL;
    }
    if (state.equals("23505") || state.startsWith("57P0")) {
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
