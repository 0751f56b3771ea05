package vn.phusa.pipelines.io.warehouse.fact;

import java.util.Comparator;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;

/**
 * The mark of a column's value: that of the state which reported it.
 *
 * @param stamp when that state held; null where no state has reported the column
 * @param contentHash of what that state said; null where no state has reported the column
 */
record ColumnMark(@Nullable ChangeStamp stamp, @Nullable UUID contentHash) {

  /** No state has reported the column: any that does is newer. */
  static final ColumnMark NONE = new ColumnMark(null, null);

  private static final Comparator<ColumnMark> ORDER =
      Comparator.comparing(ColumnMark::stamp, Comparator.nullsFirst(ChangeStamp.ORDER))
          .thenComparing(ColumnMark::stamp, Comparator.nullsFirst(ChangeStamp.BY_OBSERVED))
          .thenComparing(ColumnMark::contentHash, Comparator.nullsFirst(FactRow.HASH_ORDER));

  /** The mark of what the state reported itself. */
  static ColumnMark of(FactRow row) {
    ChangeStamp stamp = row.stamp();
    long ordered = stamp.getOrderedMicros();
    return new ColumnMark(
        // As it is stored: the time that the source says is no part of a mark.
        ChangeStamp.create(
            ordered,
            ordered,
            stamp.getCommitLsn(),
            stamp.getCommitIndex(),
            stamp.getObservedMicros()),
        row.contentHash());
  }

  boolean isNewerThan(ColumnMark other) {
    return ORDER.compare(this, other) > 0;
  }
}
