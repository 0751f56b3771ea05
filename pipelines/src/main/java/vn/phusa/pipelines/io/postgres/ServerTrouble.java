package vn.phusa.pipelines.io.postgres;

import java.sql.SQLException;
import java.util.Optional;

/** What a PostgreSQL server lacks, or its administrator did to it: retryable. */
public final class ServerTrouble {
  private ServerTrouble() {}

  /**
   * The trouble of a failure by its SQLState, as the end of a sentence about the server; empty if
   * it is none.
   */
  public static Optional<String> of(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return Optional.ofNullable(
        switch (state) {
          case "53100" -> "its disk is full";
          case "53200" -> "it is out of memory";
          case "53300" -> "too many connections";
          case "53400" -> "a limit of its configuration is reached";
          case "57014" -> "a statement was cancelled by its administrator or by statement_timeout";
          case "57P01" -> "it is shutting down, or its administrator ended the session";
          case "57P02" -> "it crashed and starts again";
          case "57P03" -> "it is starting up or shutting down";
          case "57P05" -> "it ended a session by idle_session_timeout";
          case "58030" -> "it cannot read or write its files";
          case "08001" -> "cannot be reached";
          case "08003", "08006", "08007" -> "the connection was lost";
          default -> null;
        });
  }
}
