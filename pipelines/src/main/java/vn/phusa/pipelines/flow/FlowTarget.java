package vn.phusa.pipelines.flow;

import java.io.Serializable;
import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.rules.Rules;

/**
 * Where a flow writes its rows, by which rules, and for which step it counts them.
 *
 * @param warehouse the database that is written
 * @param rules the business rules
 * @param step the step of the run that rows are counted for
 * @param readByCountingSource whether the source before the flow counts what it reads: a polled
 *     table or staging does, a topic does not, so that each row counts as read where it ends
 * @param historyHorizon how old a change of a dimension that makes no difference may be to be
 *     remembered; null: all are
 */
public record FlowTarget(
    DatabaseAddress warehouse,
    Rules rules,
    StepId step,
    boolean readByCountingSource,
    @Nullable Duration historyHorizon)
    implements Serializable {

  /** For records of a source that counts what it reads. */
  public static FlowTarget afterCountingSource(
      DatabaseAddress warehouse, Rules rules, StepId step) {
    return new FlowTarget(warehouse, rules, step, true, null);
  }

  /** For records that nothing has counted before the flow. */
  public static FlowTarget countingReads(DatabaseAddress warehouse, Rules rules, StepId step) {
    return new FlowTarget(warehouse, rules, step, false, null);
  }

  /** The same, with a horizon; null for none. */
  public FlowTarget withHistoryHorizon(@Nullable Duration horizon) {
    return new FlowTarget(warehouse, rules, step, readByCountingSource, horizon);
  }

  /** The write with its rows counted for the step. */
  <T> WriteRows<T> counted(WriteRows<T> write) {
    return readByCountingSource ? write.countedFor(step) : write.countedAsReadFor(step);
  }
}
