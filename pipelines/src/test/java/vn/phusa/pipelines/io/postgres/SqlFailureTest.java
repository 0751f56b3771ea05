package vn.phusa.pipelines.io.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

  @ParameterizedTest
  @CsvSource({
    "53100, TRANSIENT",
    "53300, TRANSIENT",
    "57014, TRANSIENT",
    "57P01, TRANSIENT",
    "58030, TRANSIENT",
    "08006, TRANSIENT",
    "23505, TRANSIENT",
    "22001, BAD_ROW",
    "42P01, FATAL",
    "25006, FATAL",
  })
  void whatMayPassIsTriedAgain(String state, SqlFailure expected) {
    assertThat(SqlFailure.of(new SQLException("x", state))).isEqualTo(expected);
  }
}
