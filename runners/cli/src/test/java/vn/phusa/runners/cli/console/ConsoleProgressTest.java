package vn.phusa.runners.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.jobs.run.Progress;

class ConsoleProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2025-03-01T00:00:00Z");

  @Test
  void aLogGetsALineEveryTenSeconds() {
    try (Progress progress = progress(false)) {
      tell(progress, Duration.ofSeconds(9), 900);
      tell(progress, Duration.ofSeconds(1), 12_000);
      tell(progress, Duration.ofSeconds(5), 13_000);
      tell(progress, Duration.ofSeconds(5), 30_000);
    }

    assertThat(text())
        .isEqualTo(
            "load-facts: 12,000 rows, 1,200 a second\nload-facts: 30,000 rows, 1,500 a second\n");
  }

  @Test
  void aTerminalGetsOneLineThatIsWrittenOverAndErased() {
    try (Progress progress = progress(true)) {
      tell(progress, Duration.ofMillis(100), 1);
      tell(progress, Duration.ofMillis(100), 20);
      tell(progress, Duration.ofMillis(800), 500);
    }

    assertThat(text())
        .isEqualTo(
            "\r\u001b[Kload-facts: 20 rows, 100 a second"
                + "\r\u001b[Kload-facts: 500 rows, 500 a second\r\u001b[K");
  }

  private void tell(Progress progress, Duration later, long rows) {
    now = now.plus(later);
    progress.rows(rows);
  }

  private Progress progress(boolean terminal) {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new ConsoleProgressReporter(new Console(stream, stream, terminal, 80), clock)
        .start("load-facts");
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
