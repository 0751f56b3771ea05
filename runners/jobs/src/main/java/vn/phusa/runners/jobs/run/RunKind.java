package vn.phusa.runners.jobs.run;

import java.util.List;

/**
 * Runs that may not overlap, since they write the same tables and move the same watermarks. Runs of
 * different kinds may.
 */
public enum RunKind {
  BATCH("batch", "demo", "run", "load-dimensions", "load-facts", "refresh-marts"),
  /** From marketplaces and feeds into staging: their cursors, request limits and tokens. */
  EXTRACT("extract", "extract"),
  STREAM("stream", "stream"),
  /** Beside any other, since sinks absorb repeats; two would count attempts twice. */
  REPLAY("replay", "replay");

  private final String lock;
  private final List<String> commands;

  RunKind(String lock, String... commands) {
    this.lock = lock;
    this.commands = List.of(commands);
  }

  /** The name of the lock that the runs hold. */
  public String lock() {
    return lock;
  }

  /** The commands, as in etl_run, whose runs are of this kind. */
  public List<String> commands() {
    return commands;
  }
}
