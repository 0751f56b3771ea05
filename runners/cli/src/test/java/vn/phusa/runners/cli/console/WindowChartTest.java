package vn.phusa.runners.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.jobs.stream.StreamView.Window;

class WindowChartTest {
  private static final Instant EARLIER = Instant.parse("2025-03-01T16:55:00Z");
  private static final Instant LATER = Instant.parse("2025-03-01T17:00:00Z");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2025-03-01T17:01:00Z");

  @Test
  void aTerminalGetsABarForEachWindowInPlace() {
    WindowChart board = board(true);
    board.show(10, 2, List.of());
    board.show(
        1_200,
        30,
        List.of(window(EARLIER, "Tiki", 1), window(LATER, "Lazada", 3), window(LATER, "Tiki", 1)));

    assertThat(text())
        .isEqualTo(
            "\r\u001b[Jstream: 10 of 3,000 events sent, 2 on their way\n"
                + "\u001b[A\r\u001b[Jstream: 1,200 of 3,000 events sent, 30 on their way\n"
                + "  23:55-00:00       1 orders              1,000 VND  \u2588\u2588\u2588\n"
                + "  00:00-00:05       4 orders              4,000 VND  "
                + "\u2588".repeat(12)
                + "\n");
  }

  @Test
  void aLogGetsALineNowAndThen() {
    WindowChart board = board(false);
    board.show(10, 2, List.of());
    now = now.plusSeconds(4);
    board.show(20, 2, List.of(window(EARLIER, "Tiki", 1), window(LATER, "Tiki", 4)));
    now = now.plusSeconds(1);
    board.show(30, 2, List.of());

    assertThat(text())
        .isEqualTo(
            "stream: 20 of 3,000 events sent, 2 on their way; 2 windows with 5 orders, 5,000 VND\n");
  }

  private WindowChart board(boolean terminal) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new WindowChart(new Console(stream, stream, terminal, 60), () -> now, 3_000);
  }

  private static Window window(Instant start, String platform, long orders) {
    return new Window(start, platform, "South", orders, BigDecimal.valueOf(orders * 1_000));
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
