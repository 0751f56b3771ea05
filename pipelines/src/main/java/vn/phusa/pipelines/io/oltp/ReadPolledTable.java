package vn.phusa.pipelines.io.oltp;

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
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Reads ranges of a polled table. The number of rows that each range's result set had is written to
 * {@code etl_count} of the warehouse; that is what a step has read.
 */
public final class ReadPolledTable extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The rows, in no order. */
  public static final TupleTag<SourceRecord> RECORDS =
      new TupleTag<>() {
        private static final long serialVersionUID = 1L;
      };

  /** Rows that cannot be ordered, since they say that they were modified in the future. */
  public static final TupleTag<DeadLetter> REJECTED =
      new TupleTag<>() {
        private static final long serialVersionUID = 1L;
      };

  private final DatabaseAddress source;
  private final DatabaseAddress warehouse;
  private final PolledTable table;
  private final transient List<PolledRange> ranges;
  private final StepId step;

  private ReadPolledTable(
      DatabaseAddress source,
      DatabaseAddress warehouse,
      PolledTable table,
      List<PolledRange> ranges,
      StepId step) {
    this.source = source;
    this.warehouse = warehouse;
    this.table = table;
    this.ranges = ranges;
    this.step = step;
  }

  /** The ranges of the table, counted for the step in the warehouse. */
  public static ReadPolledTable of(
      DatabaseAddress source,
      PolledTable table,
      List<PolledRange> ranges,
      DatabaseAddress warehouse,
      StepId step) {
    return new ReadPolledTable(source, warehouse, table, ranges, step);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    return begin
        .apply("List ranges", Create.of(ranges))
        .apply("Spread ranges", Reshuffle.viaRandomKey())
        .apply(
            "Read rows",
            ParDo.of(new ReadRangeFn(source, warehouse, table, step))
                .withOutputTags(RECORDS, TupleTagList.of(REJECTED)));
  }
}
