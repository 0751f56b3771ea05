package vn.phusa.runners.cli.console;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.phusa.runners.jobs.run.LocalTimeText;
import vn.phusa.runners.jobs.stream.StreamView.Window;

/**
 * Five-minute windows while they fill: bars that are written over on a terminal, where they stay
 * when they are full; a line periodically in a log. Not thread-safe.
 */
public final class WindowChart {
  private static final Duration IN_LOG = Duration.ofSeconds(4);
  private static final String TO_LINE_ABOVE = "\u001b[A";
  private static final String ERASE_BELOW = "\r\u001b[J";
  private static final int MAX_BARS = 10;

  /** What stands in a bar's line besides the bar. */
  private static final int TEXT_COLUMNS = 48;

  private final Console console;
  private final InstantSource clock;
  private final long expected;
  private int linesShown;
  private Instant logged;

  /**
   * @param expected how many events there will be
   */
  public WindowChart(Console console, InstantSource clock, long expected) {
    this.console = console;
    this.clock = clock;
    this.expected = expected;
    this.logged = clock.instant();
  }

  /**
   * Shows how it stands.
   *
   * @param sent how many events were sent
   * @param left how many of them are still on their way
   */
  public void show(long sent, long left, List<Window> windows) {
    String events = text("stream: %,d of %,d events sent, %,d on their way", sent, expected, left);
    SortedMap<Instant, Sum> sums = sums(windows);
    if (console.terminal()) {
      overwrite(events, sums);
    } else if (Duration.between(logged, clock.instant()).compareTo(IN_LOG) >= 0) {
      logged = clock.instant();
      Sum all = sums.values().stream().reduce(Sum.NONE, Sum::plus);
      console
          .err()
          .println(
              events
                  + text(
                      "; %d windows with %,d orders, %,d VND",
                      sums.size(), all.orders, all.revenueVnd.toBigInteger()));
    }
  }

  private void overwrite(String events, SortedMap<Instant, Sum> sums) {
    List<String> lines = new ArrayList<>(List.of(events));
    long most = sums.values().stream().mapToLong(Sum::orders).max().orElse(1);
    List<Map.Entry<Instant, Sum>> newest = List.copyOf(sums.entrySet());
    newest
        .subList(Math.max(0, newest.size() - MAX_BARS), newest.size())
        .forEach(sum -> lines.add(bar(sum.getKey(), sum.getValue(), most)));
    console.err().command(TO_LINE_ABOVE.repeat(linesShown) + ERASE_BELOW);
    console.err().println(String.join("\n", lines));
    console.err().flush();
    linesShown = lines.size();
  }

  private String bar(Instant start, Sum sum, long most) {
    long length = (console.columns() - TEXT_COLUMNS) * sum.orders / most;
    return text(
            "  %s %,7d orders %,18d VND  %s",
            LocalTimeText.window(start),
            sum.orders,
            sum.revenueVnd.toBigInteger(),
            "█".repeat(Math.toIntExact(length)))
        .stripTrailing();
  }

  private static SortedMap<Instant, Sum> sums(List<Window> windows) {
    SortedMap<Instant, Sum> sums = new TreeMap<>();
    windows.forEach(
        window ->
            sums.merge(window.start(), new Sum(window.orders(), window.revenueVnd()), Sum::plus));
    return sums;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** A window's numbers over all platforms and regions. */
  private record Sum(long orders, BigDecimal revenueVnd) {
    static final Sum NONE = new Sum(0, BigDecimal.ZERO);

    Sum plus(Sum other) {
      return new Sum(orders + other.orders, revenueVnd.add(other.revenueVnd));
    }
  }
}
