package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.SourceRecord;

/**
 * The way of one kind of records from where they were understood to all places where they are kept:
 * the same for batch, stream and replay. Bounded or not, in any order and as often as they come:
 * the same rows.
 */
public abstract class RecordFlow extends PTransform<PCollection<SourceRecord>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** How many records each write wrote, of all sinks that offsets must wait for. */
  public static final TupleTag<Long> WRITTEN = new TupleTag<>("written") {};

  /** What was rejected on the way. */
  public static final TupleTag<DeadLetter> REJECTED = new TupleTag<>("rejected") {};

  /** What is kept elsewhere too, and counted there, but is to be reported as a dead letter. */
  public static final TupleTag<DeadLetter> REPORTED = new TupleTag<>("reported") {};

  protected final FlowTarget target;

  protected RecordFlow(FlowTarget target) {
    this.target = target;
  }

  static PCollectionTuple outcome(
      List<PCollection<Long>> written, List<PCollection<DeadLetter>> rejected) {
    return PCollectionTuple.of(WRITTEN, FlattenWindows.of("Merge counts of rows", written))
        .and(REJECTED, FlattenWindows.of("Merge dead letters", rejected));
  }
}
