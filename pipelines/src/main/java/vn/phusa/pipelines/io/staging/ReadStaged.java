package vn.phusa.pipelines.io.staging;

import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.mapping.StagedKind;
import vn.phusa.transforms.mapping.StagedWithSides;

/**
 * Reads ranges of staged documents of one kind. How many each range had is written to {@code
 * etl_count} of the warehouse; that is what a step has read.
 */
public final class ReadStaged extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The records, in no order. */
  public static final TupleTag<StagedWithSides> RECORDS = new TupleTag<>("staged") {};

  /** Documents that are no staged records. */
  public static final TupleTag<DeadLetter> REJECTED = new TupleTag<>("rejected") {};

  private final MongoAddress staging;
  private final DatabaseAddress warehouse;
  private final StagedKind kind;
  private final transient List<StagedRange> ranges;
  private final StepId step;

  private ReadStaged(
      MongoAddress staging,
      DatabaseAddress warehouse,
      StagedKind kind,
      List<StagedRange> ranges,
      StepId step) {
    this.staging = staging;
    this.warehouse = warehouse;
    this.kind = kind;
    this.ranges = ranges;
    this.step = step;
  }

  /** The ranges of a kind, counted for the step in the warehouse. */
  public static ReadStaged of(
      MongoAddress staging,
      StagedKind kind,
      List<StagedRange> ranges,
      DatabaseAddress warehouse,
      StepId step) {
    return new ReadStaged(staging, warehouse, kind, ranges, step);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    return begin
        .apply("List ranges", Create.of(ranges))
        .apply("Spread ranges", Reshuffle.viaRandomKey())
        .apply(
            "Read documents",
            ParDo.of(new ReadStagedFn(staging, warehouse, kind, step))
                .withOutputTags(RECORDS, TupleTagList.of(REJECTED)));
  }
}
