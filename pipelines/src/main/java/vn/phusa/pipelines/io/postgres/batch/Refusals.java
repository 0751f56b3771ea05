package vn.phusa.pipelines.io.postgres.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import vn.phusa.transforms.errors.DeadLetter;

/**
 * The rows of one batch that the database rejected, until it is known whose fault that is: where
 * every row, or nearly every one of many, meets the same constraint, it is the table's.
 */
final class Refusals {
  private static final int MANY = 20;
  private static final double NEARLY_EVERY = 0.95;
  private static final int MAX_REFUSED = 1_000;
  private static final String NOT_NULL = "23502";

  /** Too long, and out of range. Other values that are rejected are the rows' own. */
  private static final Set<String> OF_A_TYPE = Set.of("22001", "22003");

  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<Cause, List<SQLException>> causes = new HashMap<>();

  /** What causes are compared by: of a row's values it knows nothing. */
  private record Cause(
      String state, @Nullable String table, @Nullable String column, @Nullable String constraint) {

    static Cause of(SQLException e) {
      ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
      return server == null
          ? new Cause(String.valueOf(e.getSQLState()), null, null, null)
          : new Cause(
              e.getSQLState(), server.getTable(), server.getColumn(), server.getConstraint());
    }

    boolean isOfAConstraint() {
      return state.startsWith("23");
    }
  }

  /**
   * Keeps a row that was rejected.
   *
   * @throws TableRefusesException if there are more than a fault of one source explains
   */
  void add(DeadLetter deadLetter, SQLException cause) throws TableRefusesException {
    if (deadLetters.size() >= MAX_REFUSED) {
      throw new TableRefusesException(
          "it refuses more than "
              + MAX_REFUSED
              + " rows of one batch, the last with SQLSTATE "
              + cause.getSQLState(),
          cause);
    }
    deadLetters.add(deadLetter);
    causes.computeIfAbsent(Cause.of(cause), c -> new ArrayList<>()).add(cause);
  }

  /**
   * The rows as dead letters.
   *
   * @param rows how many rows the batch has
   * @throws TableRefusesException if the fault is the table's
   */
  List<DeadLetter> deadLetters(int rows) throws TableRefusesException {
    for (Map.Entry<Cause, List<SQLException>> entry : causes.entrySet()) {
      if (isTheTables(entry.getKey(), entry.getValue().size(), rows)) {
        throw new TableRefusesException(
            sentence(entry.getKey(), entry.getValue().size(), rows), entry.getValue().get(0));
      }
    }
    return deadLetters;
  }

  private static boolean isTheTables(Cause cause, int refused, int rows) {
    if (rows >= MANY && refused >= NEARLY_EVERY * rows) {
      return cause.isOfAConstraint() || OF_A_TYPE.contains(cause.state);
    }
    // A single row may meet a constraint by what it says; not one that wants what we never write.
    return cause.isOfAConstraint() && refused == rows && (rows > 1 || cause.state.equals(NOT_NULL));
  }

  private static String sentence(Cause cause, int refused, int rows) {
    StringBuilder text = new StringBuilder("it refuses ");
    text.append(refused).append(" of ").append(rows).append(" rows");
    if (cause.table != null) {
      text.append(" of ").append(cause.table);
    }
    if (cause.column != null) {
      text.append(" for the column ").append(cause.column);
    }
    if (cause.constraint != null) {
      text.append(" by the constraint ").append(cause.constraint);
    }
    return text.append(" (SQLSTATE ").append(cause.state).append(')').toString();
  }
}
