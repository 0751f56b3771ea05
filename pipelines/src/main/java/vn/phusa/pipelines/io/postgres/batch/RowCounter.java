package vn.phusa.pipelines.io.postgres.batch;

import java.sql.Connection;
import java.util.List;
import vn.phusa.pipelines.io.step.RowCount;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;

/** Counts for a step what no table is written for. */
public final class RowCounter implements BatchWriter<Integer> {
  private static final long serialVersionUID = 1L;

  private final RowCount count;

  public RowCounter(RowCount count) {
    this.count = count;
  }

  @Override
  public void prepare(Connection connection) {}

  @Override
  public Written write(Connection connection, List<Integer> batch) {
    long sum = batch.stream().mapToLong(Integer::longValue).sum();
    long none = batch.stream().filter(number -> number == 0).count();
    return switch (count) {
      case LOADED_OR_SKIPPED -> Written.rows(batch.size() - none, none);
      case SKIPPED_IF_NONE -> Written.rows(0, none);
      case READ -> new Written(sum, 0, 0, 0, 0);
      case SKIPPED -> Written.rows(0, sum);
    };
  }

  @Override
  public DeadLetter rejected(Integer row, Reason reason, String error) {
    throw new IllegalStateException("a count was rejected: " + reason + ", " + error);
  }
}
