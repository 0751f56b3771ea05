package vn.phusa.pipelines.io.postgres.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.joda.time.Instant;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.transforms.errors.DeadLetter;

/**
 * Collects rows and writes them in batches; nothing is held back beyond a bundle, so that what a
 * runner takes for processed is in the database. Emits the number of rows of each batch that was
 * written, the dead letters of those that were rejected, and, where it is asked for, the rows of
 * the batches themselves once they are committed: under their own timestamps, so that a watermark
 * waits for what is made of them.
 *
 * @param <T> a row as it comes
 */
public final class BatchWriteFn<T> extends DoFn<T, Long> {
  private static final long serialVersionUID = 1L;

  private final DatabaseAddress address;
  private final @Nullable BatchCount count;
  private final BatchWriter<T> writer;
  private final int batchRows;
  private final TupleTag<DeadLetter> rejectedTag;
  private final @Nullable TupleTag<T> committedTag;
  private transient TransactionalBatches<T> batches;
  private transient List<T> buffer;
  private transient List<Instant> timestamps;

  public BatchWriteFn(
      DatabaseAddress address,
      @Nullable BatchCount count,
      BatchWriter<T> writer,
      int batchRows,
      TupleTag<DeadLetter> rejectedTag,
      @Nullable TupleTag<T> committedTag) {
    this.address = address;
    this.count = count;
    this.writer = writer;
    this.batchRows = batchRows;
    this.rejectedTag = rejectedTag;
    this.committedTag = committedTag;
  }

  @Setup
  public void setup() {
    batches = new TransactionalBatches<>(address, count, writer);
  }

  /** Rows of a batch may be older than the one that completes it. */
  @Override
  @SuppressWarnings("deprecation")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  @StartBundle
  public void startBundle() {
    empty();
  }

  private void empty() {
    buffer = new ArrayList<>();
    timestamps = new ArrayList<>();
  }

  @ProcessElement
  public void process(ProcessContext context) throws SQLException {
    buffer.add(context.element());
    timestamps.add(context.timestamp());
    if (buffer.size() >= batchRows) {
      batches.write(buffer, deadLetter -> context.output(rejectedTag, deadLetter));
      context.output((long) buffer.size());
      emitCommitted(context::outputWithTimestamp);
      empty();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws SQLException {
    if (!buffer.isEmpty()) {
      Instant now = GlobalWindow.TIMESTAMP_MIN_VALUE;
      List<DeadLetter> rejected = new ArrayList<>();
      batches.write(buffer, rejected::add);
      for (DeadLetter deadLetter : rejected) {
        context.output(rejectedTag, deadLetter, now, GlobalWindow.INSTANCE);
      }
      context.output((long) buffer.size(), now, GlobalWindow.INSTANCE);
      emitCommitted((tag, row, time) -> context.output(tag, row, time, GlobalWindow.INSTANCE));
    }
    empty();
  }

  private interface Output<T> {
    void emit(TupleTag<T> tag, T row, Instant timestamp);
  }

  private void emitCommitted(Output<T> output) {
    if (committedTag != null) {
      for (int i = 0; i < buffer.size(); i++) {
        output.emit(committedTag, buffer.get(i), timestamps.get(i));
      }
    }
  }

  @Teardown
  public void teardown() {
    if (batches != null) {
      batches.close();
    }
  }
}
