package vn.phusa.runners.jobs.result;

import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;

/**
 * What became of the rows of one table in a step.
 *
 * @param name the step or its table, e.g. "customers"
 * @param counts its rows
 * @param took wall time
 * @param movesRows false for a step such as the refreshing of the marts, which has no rows to count
 * @param left why a part is left for the next time, in one line; null: all is done
 */
public record StepResult(
    String name, RowCounts counts, Duration took, boolean movesRows, @Nullable String left) {

  /** A step that has done all, and moves rows. */
  public StepResult(String name, RowCounts counts, Duration took) {
    this(name, counts, took, true, null);
  }

  /** The same, with a part left for the next time, which is no failure. */
  public StepResult partly(String why) {
    return new StepResult(name, counts, took, movesRows, why);
  }

  /** Whether a part is left for the next time. */
  public boolean isPartial() {
    return left != null;
  }

  /** A step that moves no rows, such as the refreshing of the marts. */
  public static StepResult withoutRows(String name, Duration took) {
    return new StepResult(name, RowCounts.NONE, took, false, null);
  }
}
