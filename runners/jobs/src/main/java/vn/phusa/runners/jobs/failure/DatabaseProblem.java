package vn.phusa.runners.jobs.failure;

import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import vn.phusa.pipelines.io.postgres.ServerTrouble;
import vn.phusa.pipelines.io.postgres.batch.TableRefusesException;
import vn.phusa.pipelines.io.tls.TlsFailure;
import vn.phusa.pipelines.io.waiting.NoAnswerException;

/**
 * Why a database cannot be used, by its SQLState. A server's message is repeated only where it can
 * hold no row's data.
 *
 * @param line what a person should know, without the service's name
 * @param isRetryable whether it may be gone a little later
 */
public record DatabaseProblem(String line, boolean isRetryable) {

  /** The problem; empty if the failure is that of a statement, not of the database as a whole. */
  public static Optional<DatabaseProblem> of(SQLException e, String user) {
    if (e instanceof TableRefusesException refuses) {
      return lasting(refuses.getMessage());
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String who = user == null ? "this user" : "user " + user;
    return switch (state) {
      case "28P01" -> lasting("password refused for " + who);
      case "28000" -> lasting(who + " refused");
      case "3D000" -> lasting("there is no such database");
      case "42P01", "3F000" -> lasting(message(e) + "; is the schema migrated? (./phusa migrate)");
      case "42501" -> lasting(message(e) + " for " + who);
      case "55P03" -> passing("a lock that another session holds was waited for too long");
      case "25P03" -> passing("it ended a transaction in which nothing was said for too long");
      case "25006" -> lasting("it is read-only");
      case "XX001", "XX002" -> lasting("its data are damaged");
      default -> state.startsWith("08") ? connection(e) : trouble(e);
    };
  }

  private static Optional<DatabaseProblem> connection(SQLException e) {
    if (String.valueOf(e.getMessage()).contains("no password was provided")) {
      return lasting("it asks for a password");
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoAnswerException) {
        return passing(cause.getMessage());
      }
      if (cause instanceof UnknownHostException) {
        return passing("the host is unknown");
      }
    }
    return tls(e).or(() -> passing(ServerTrouble.of(e).orElse("cannot be reached")));
  }

  private static Optional<DatabaseProblem> tls(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("PgjdbcHostnameVerifier")) {
      return of(TlsFailure.OTHER_HOST);
    }
    // In the driver's language, which is the user's.
    if (message.equals(GT.tr("The server does not support SSL."))) {
      return lasting("TLS failed: the server offers none");
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException) {
        return lasting("TLS failed: a file that the URL names cannot be read");
      }
    }
    return TlsFailure.of(e).flatMap(DatabaseProblem::of);
  }

  private static Optional<DatabaseProblem> of(TlsFailure failure) {
    return Optional.of(new DatabaseProblem(failure.line(), failure.isRetryable()));
  }

  private static Optional<DatabaseProblem> trouble(SQLException e) {
    return ServerTrouble.of(e).map(line -> new DatabaseProblem(line, true));
  }

  /** The names of tables and schemas, no rows. */
  private static String message(SQLException e) {
    return e instanceof PSQLException p && p.getServerErrorMessage() != null
        ? p.getServerErrorMessage().getMessage()
        : "a table is missing or closed";
  }

  private static Optional<DatabaseProblem> lasting(String line) {
    return Optional.of(new DatabaseProblem(line, false));
  }

  private static Optional<DatabaseProblem> passing(String line) {
    return Optional.of(new DatabaseProblem(line, true));
  }
}
