package vn.phusa.pipelines.flow;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.dimension.RefuseBeyondHorizon;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Writes states of a dimension's rows, but for those from before its horizon where there is one.
 *
 * @param written how many rows each write wrote
 * @param rejected what was refused
 */
record WriteDimension(PCollection<Long> written, List<PCollection<DeadLetter>> rejected) {

  static WriteDimension of(
      FlowTarget target, DimensionSpec dimension, PCollection<DimensionChange> changes) {
    PCollection<DimensionChange> accepted = changes;
    List<PCollection<DeadLetter>> beyond = List.of();
    if (target.historyHorizon() != null) {
      PCollectionTuple split =
          changes.apply(
              "Refuse what is beyond the horizon",
              RefuseBeyondHorizon.of(target.warehouse(), dimension, target.historyHorizon()));
      accepted = split.get(RefuseBeyondHorizon.ACCEPTED);
      beyond = List.of(split.get(RefuseBeyondHorizon.REJECTED));
    }
    PCollectionTuple written =
        accepted.apply(
            "Write " + dimension.table(),
            target.counted(
                WriteRows.dimension(
                    target.warehouse(), dimension, target.rules(), target.historyHorizon())));
    List<PCollection<DeadLetter>> rejected = new ArrayList<>(beyond);
    rejected.add(written.get(WriteRows.REJECTED));
    return new WriteDimension(written.get(WriteRows.WRITTEN), List.copyOf(rejected));
  }

  /** The dead letters with those of an earlier stage. */
  List<PCollection<DeadLetter>> rejectedAfter(PCollection<DeadLetter> before) {
    List<PCollection<DeadLetter>> all = new ArrayList<>(rejected);
    all.add(0, before);
    return List.copyOf(all);
  }
}
