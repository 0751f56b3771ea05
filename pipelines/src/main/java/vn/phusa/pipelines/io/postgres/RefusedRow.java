package vn.phusa.pipelines.io.postgres;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.StorableText;

/** Dead letters of rows that a database refused, with the row as a JSON object of its columns. */
final class RefusedRow {
  private RefusedRow() {}

  static DeadLetter of(
      String stage,
      String source,
      String position,
      String reason,
      String error,
      List<String> columns,
      List<@Nullable String> values) {
    // A key may be what cannot be stored, and stands in the position.
    String storableSource = StorableText.escape(source);
    String storablePosition = StorableText.escape(position);
    Payload payload = Payload.of(columns, values);
    return DeadLetter.create(
        DeadLetter.idOf(storableSource, storablePosition, stage, reason),
        stage,
        storableSource,
        storablePosition,
        reason,
        StorableText.escape(error),
        payload.text(),
        payload.encoding());
  }
}
