package vn.phusa.pipelines.io.warehouse.fact;

import java.util.Map;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * The marks of a row that is there.
 *
 * @param content of its newest state; null where none was seen
 * @param contentHash of what that state said; null where none was seen
 * @param rowHash of the row as it was written
 * @param deleted of its newest delete; null where none was seen
 * @param columns of the columns that the newest state left out
 * @param ofBefore whether the row does not tell what its source said: it is of before that was kept
 */
record FactMarks(
    @Nullable ChangeStamp content,
    @Nullable UUID contentHash,
    long rowHash,
    @Nullable ChangeStamp deleted,
    Map<String, ColumnMark> columns,
    boolean ofBefore) {

  /** Whether the row has a state, columns of which may come from other changes. */
  boolean hasOpenColumns() {
    return content != null && !columns.isEmpty();
  }

  /**
   * Whether the state has to be written. One that says the same of the same time is no newer,
   * whenever it was observed.
   */
  boolean isNewContent(FactState<?> state, long newRowHash) {
    if (content == null) {
      return true;
    }
    FactRow row = state.row();
    int byStamp = ChangeStamp.ORDER.compare(row.stamp(), content);
    if (byStamp != 0) {
      return byStamp > 0;
    }
    if (row.contentHash().equals(contentHash)) {
      boolean observed =
          content.getObservedMicros() == null && row.stamp().getObservedMicros() != null;
      return observed || newRowHash != rowHash || !state.marks().equals(columns);
    }
    int byObserved = ChangeStamp.BY_OBSERVED.compare(row.stamp(), content);
    if (byObserved != 0) {
      return byObserved > 0;
    }
    // What the rules of then made of a state says nothing of which state it was.
    return ofBefore || FactRow.HASH_ORDER.compare(row.contentHash(), contentHash) > 0;
  }

  boolean isNewDelete(FactRow row) {
    return deleted == null || ChangeStamp.ORDER.compare(row.stamp(), deleted) > 0;
  }
}
