package vn.phusa.pipelines.load;

import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.errors.DeadLetter;

/** The end of every load's pipeline: what any of its stages could not use is kept. */
final class DeadLetterKeeping {
  private DeadLetterKeeping() {}

  /**
   * @param of what the dead letters are of, "" where a pipeline has one step: its names are told
   *     apart
   */
  static void keep(
      List<PCollection<DeadLetter>> rejected, DatabaseAddress warehouse, StepId step, String of) {
    PCollectionList.of(rejected)
        .apply("Merge dead letters" + of, Flatten.pCollections())
        .apply("Keep dead letters" + of, WriteRows.deadLetters(warehouse, step));
  }
}
