package vn.phusa.pipelines.load;

import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.flow.FlowTarget;
import vn.phusa.pipelines.io.oltp.PolledRange;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.oltp.ReadPolledTable;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.rules.Rules;

/**
 * What one bounded pipeline loads: some ranges of a table.
 *
 * @param source the operational database
 * @param warehouse the database that is loaded
 * @param table the table that is read
 * @param ranges the part of it
 * @param step the step that rows are counted for
 * @param rules the business rules
 * @param historyHorizon how old a change of a dimension that makes no difference may be to be
 *     remembered; null: all are
 */
public record Wave(
    DatabaseAddress source,
    DatabaseAddress warehouse,
    PolledTable table,
    List<PolledRange> ranges,
    StepId step,
    Rules rules,
    @Nullable Duration historyHorizon) {

  /** Begins the pipeline: the table's rows, under {@link ReadPolledTable}'s tags. */
  PCollectionTuple read(Pipeline pipeline) {
    return pipeline.apply(
        "Read " + table.kind(), ReadPolledTable.of(source, table, ranges, warehouse, step));
  }

  /** Where the flow writes. The read counts its rows. */
  FlowTarget target() {
    return FlowTarget.afterCountingSource(warehouse, rules, step)
        .withHistoryHorizon(historyHorizon);
  }

  /** Ends the pipeline: keeps what any of its steps could not use. */
  void keepDeadLetters(List<PCollection<DeadLetter>> rejected) {
    DeadLetterKeeping.keep(rejected, warehouse, step, "");
  }
}
