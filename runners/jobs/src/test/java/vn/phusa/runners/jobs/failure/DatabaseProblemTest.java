package vn.phusa.runners.jobs.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseProblemTest {

  @ParameterizedTest
  @CsvSource({
    "28P01, password refused for user an, false",
    "28000, user an refused, false",
    "3D000, there is no such database, false",
    "55P03, a lock that another session holds was waited for too long, true",
    "25P03, it ended a transaction in which nothing was said for too long, true",
    "53300, too many connections, true",
    "53100, its disk is full, true",
    "53200, it is out of memory, true",
    "57014, a statement was cancelled by its administrator or by statement_timeout, true",
    "57P01, 'it is shutting down, or its administrator ended the session', true",
    "58030, it cannot read or write its files, true",
    "25006, it is read-only, false",
    "XX001, its data are damaged, false",
    "08006, the connection was lost, true",
    "57P03, it is starting up or shutting down, true",
    "08001, cannot be reached, true",
  })
  void aDatabaseAsAWholeIsJudgedByItsState(String state, String line, boolean isRetryable) {
    assertThat(DatabaseProblem.of(new SQLException("secret", state), "an"))
        .contains(new DatabaseProblem(line, isRetryable));
  }

  @Test
  void aMissingTableAsksForTheMigration() {
    assertThat(DatabaseProblem.of(new SQLException("x", "42P01"), null).orElseThrow().line())
        .endsWith("is the schema migrated? (./phusa migrate)");
  }

  @Test
  void anUnknownHostIsReported() {
    SQLException e = new SQLException("x", "08001", new UnknownHostException("h"));

    assertThat(DatabaseProblem.of(e, null).orElseThrow().line()).isEqualTo("the host is unknown");
  }

  @Test
  void aStatementsFailureIsNone() {
    assertThat(DatabaseProblem.of(new SQLException("value (An)", "22001"), null)).isEmpty();
    assertThat(Failure.of(new RuntimeException(new SQLException("value (An)", "22001"))).line())
        .startsWith("the database refused a statement (SQLState 22001)")
        .doesNotContain("An");
  }
}
