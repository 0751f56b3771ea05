package vn.phusa.runners.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

class TaskFailureConverterTest {

  private static String line(@Nullable Throwable failure) {
    LoggingEvent event =
        new LoggingEvent(
            "x",
            new LoggerContext().getLogger("x"),
            Level.WARN,
            "Write (1/2) switched from RUNNING to FAILED with failure cause:",
            failure,
            null);
    return new TaskFailureConverter().convert(event);
  }

  @Test
  void tellsWhyAndNothingOfTheRow() {
    assertThat(
            line(
                new IllegalStateException(
                    "bundle of nguyen.van.an@example.vn",
                    new SQLException("no column for nguyen.van.an@example.vn", "42703"))))
        .startsWith("a task failed: ")
        .contains("42703")
        .doesNotContain("nguyen")
        .hasLineCount(1)
        .endsWith(System.lineSeparator());
  }

  @Test
  void tellsNothingElse() {
    assertThat(line(null)).isEmpty();
  }
}
