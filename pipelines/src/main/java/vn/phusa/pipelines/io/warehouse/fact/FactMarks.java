package vn.phusa.pipelines.io.warehouse.fact;

import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;

/** The marks of a row that is there; null stamps where it has no content or no delete. */
record FactMarks(
    @Nullable ChangeStamp content,
    @Nullable UUID contentHash,
    long rowHash,
    @Nullable ChangeStamp deleted) {

  boolean isNewContent(FactRow row, long newRowHash) {
    if (content == null) {
      return true;
    }
    int byStamp = ChangeStamp.ORDER.compare(row.stamp(), content);
    int byMark =
        byStamp != 0 ? byStamp : FactRow.HASH_ORDER.compare(row.contentHash(), contentHash);
    return byMark > 0 || (byMark == 0 && newRowHash != rowHash);
  }

  boolean isNewDelete(FactRow row) {
    return deleted == null || ChangeStamp.ORDER.compare(row.stamp(), deleted) > 0;
  }
}
