package vn.phusa.runners.jobs.run;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
public interface Sleeper {
  /** The present thread's real sleep. */
  Sleeper REAL = duration -> Thread.sleep(duration.toMillis());

  /** Waits that long. */
  void sleep(Duration duration) throws InterruptedException;
}
