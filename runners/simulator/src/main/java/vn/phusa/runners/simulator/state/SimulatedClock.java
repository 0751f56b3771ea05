package vn.phusa.runners.simulator.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import vn.phusa.runners.simulator.settings.CatalogueSettings;

/** The time of the catalogue: whole seconds, and never backwards. */
public final class SimulatedClock {
  private final Clock real;
  private final boolean runs;
  private final long start;
  private long advanced;
  private long latest;

  public SimulatedClock(CatalogueSettings settings, Clock real) {
    this.real = real;
    this.runs = settings.runs();
    this.start = settings.start().getEpochSecond();
    this.latest = start;
  }

  /** The simulated time in seconds since 1970. */
  synchronized long seconds() {
    long base = runs ? Math.max(start, real.instant().getEpochSecond()) : start;
    latest = Math.max(latest, base + advanced);
    return latest;
  }

  /** The simulated time. */
  public Instant now() {
    return Instant.ofEpochSecond(seconds());
  }

  public synchronized void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("Simulated time does not go back: " + by);
    }
    advanced += by.toSeconds();
  }
}
