package vn.phusa.pipelines.io.postgres.batch;

import java.sql.Connection;
import java.util.List;
import vn.phusa.pipelines.io.step.CountedAs;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;

/** Counts for a step what no table is written for. */
public final class RowCounter implements BatchWriter<Integer> {
  private static final long serialVersionUID = 1L;

  private final CountedAs count;

  public RowCounter(CountedAs count) {
    this.count = count;
  }

  @Override
  public void prepare(Connection connection) {}

  @Override
  public RowCounts write(Connection connection, List<Integer> batch) {
    long sum = batch.stream().mapToLong(Integer::longValue).sum();
    long none = batch.stream().filter(number -> number == 0).count();
    return switch (count) {
      case LOADED_OR_SKIPPED -> RowCounts.written(batch.size() - none, none);
      case SKIPPED_IF_NONE -> RowCounts.written(0, none);
      case READ -> new RowCounts(sum, 0, 0, 0, 0, 0);
      case SKIPPED -> RowCounts.written(0, sum);
    };
  }

  @Override
  public DeadLetter rejected(Integer row, Reason reason, String error) {
    throw new IllegalStateException("a count was rejected: " + reason + ", " + error);
  }
}
