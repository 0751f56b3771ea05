package vn.phusa.pipelines.io.warehouse.deadletter;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;

/** Dead letters of rows that a database rejected, with the row as a JSON object of its columns. */
public final class RejectedRow {
  private RejectedRow() {}

  public static DeadLetter of(
      Stage stage,
      String source,
      String position,
      Reason reason,
      String error,
      List<String> columns,
      List<@Nullable String> values) {
    return DeadLetter.of(stage, source, position, reason, error, Payload.of(columns, values));
  }
}
