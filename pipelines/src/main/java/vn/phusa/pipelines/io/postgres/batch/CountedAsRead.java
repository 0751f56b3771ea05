package vn.phusa.pipelines.io.postgres.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;

/**
 * Counts every row of a batch as read, besides what became of it: a stream counts where records
 * end, since offsets that are read again would count again where it begins.
 */
public final class CountedAsRead<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;

  private final BatchWriter<T> writer;

  public CountedAsRead(BatchWriter<T> writer) {
    this.writer = writer;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    writer.prepare(connection);
  }

  @Override
  public RowCounts write(Connection connection, List<T> batch) throws SQLException {
    RowCounts written = writer.write(connection, batch);
    return new RowCounts(
        batch.size(),
        written.loaded(),
        written.rejected(),
        written.skipped(),
        written.versionsOpened(),
        written.versionsClosed());
  }

  @Override
  public List<List<T>> lanes(List<T> batch) {
    return writer.lanes(batch);
  }

  @Override
  public DeadLetter rejected(T row, Reason reason, String error) {
    return writer.rejected(row, reason, error);
  }
}
