package vn.phusa.runners.jobs.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vn.phusa.pipelines.io.step.RowCounts;

/**
 * Watches how much a stream rejects, minute by minute: what stands in a table of dead letters is
 * seen by who reads it, a flood of them by who started the stream. Not thread-safe.
 */
final class RejectedPerMinute {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Rejected in a minute: always worth a line. */
  private static final long MANY = 100;

  /** Worth a line where it is half of what was read. */
  private static final long SOME = 10;

  private final InstantSource clock;
  private final Map<String, Count> counted = new HashMap<>();

  RejectedPerMinute(InstantSource clock) {
    this.clock = clock;
  }

  /** How a step stood, and when. */
  private record Count(Instant at, long read, long rejected) {}

  /** A step begins; what it counts from now on is checked. */
  void begin(String step) {
    counted.put(step, new Count(clock.instant(), 0, 0));
  }

  /**
   * Checks a step's counts.
   *
   * @param counts since it began
   * @return a line if the last minute or more had too much; empty until a minute has passed
   */
  Optional<String> see(String command, String step, RowCounts counts) {
    Instant now = clock.instant();
    Count before = counted.get(step);
    // The check itself is not always exactly a minute after the last.
    if (before != null && Duration.between(before.at(), now).plusSeconds(1).compareTo(MINUTE) < 0) {
      return Optional.empty();
    }
    counted.put(step, new Count(now, counts.read(), counts.rejected()));
    if (before == null) {
      return Optional.empty();
    }
    long rejected = counts.rejected() - before.rejected();
    long read = counts.read() - before.read();
    boolean isMuch = rejected >= MANY || (rejected >= SOME && rejected * 2 >= read);
    return isMuch
        ? Optional.of(line(command, step, rejected, Duration.between(before.at(), now)))
        : Optional.empty();
  }

  private static String line(String command, String step, long rejected, Duration in) {
    long minutes = in.plusSeconds(30).toMinutes();
    return String.format(
        Locale.ROOT,
        "%s: %,d records of %s rejected in the last %s; ./phusa status has the reasons",
        command,
        rejected,
        step,
        minutes <= 1 ? "minute" : minutes + " minutes");
  }
}
