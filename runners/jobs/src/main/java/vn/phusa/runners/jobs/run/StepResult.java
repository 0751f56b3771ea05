package vn.phusa.runners.jobs.run;

import java.time.Duration;

/**
 * What became of the rows of one table in a step; read = loaded + rejected + skipped.
 *
 * @param name the step or its table, e.g. "customers"
 * @param read rows that the source gave
 * @param loaded rows that changed the warehouse
 * @param rejected rows that went to the dead letters
 * @param skipped rows that were stale or repeated
 * @param opened versions that were opened; 0 where there are none
 * @param closed versions that were closed; 0 where there are none
 * @param took wall time
 * @param movesRows false for a step such as the refreshing of the marts, which has no rows to count
 * @param left why a part is left for the next time, in one line; null: all is done
 */
public record StepResult(
    String name,
    long read,
    long loaded,
    long rejected,
    long skipped,
    long opened,
    long closed,
    Duration took,
    boolean movesRows,
    String left) {

  public StepResult(
      String name,
      long read,
      long loaded,
      long rejected,
      long skipped,
      long opened,
      long closed,
      Duration took) {
    this(name, read, loaded, rejected, skipped, opened, closed, took, true, null);
  }

  /** The same, with a part left for the next time, which is no failure. */
  public StepResult partly(String why) {
    return new StepResult(
        name, read, loaded, rejected, skipped, opened, closed, took, movesRows, why);
  }

  /** Whether a part is left for the next time. */
  public boolean isPartial() {
    return left != null;
  }

  /** A step that moves no rows, such as the refreshing of the marts. */
  public static StepResult withoutRows(String name, Duration took) {
    return new StepResult(name, 0, 0, 0, 0, 0, 0, took, false, null);
  }
}
