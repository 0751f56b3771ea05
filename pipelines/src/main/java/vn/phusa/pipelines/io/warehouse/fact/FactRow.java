package vn.phusa.pipelines.io.warehouse.fact;

import java.util.Comparator;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * A state of a fact, ready for its table.
 *
 * @param key the table's key
 * @param operation DELETE: nothing but the key and the stamp counts
 * @param stamp when the state held, and where it stands among the others
 * @param contentHash of what the source said; it decides between states with equal stamps
 * @param rowHash of all columns, derived ones too
 * @param columns the columns of {@link FactTable#columns()} as COPY takes them
 * @param origin what it refers to and where it comes from
 */
record FactRow(
    String key,
    Operation operation,
    ChangeStamp stamp,
    UUID contentHash,
    long rowHash,
    byte[] columns,
    Origin origin) {

  /**
   * What a fact says besides its columns.
   *
   * @param members the dimension members that it refers to, in the order of {@link
   *     FactTable#references()}; null where none is known
   * @param eventMicros the time at which the members' versions are looked up; null when unknown
   * @param places the look-up values in the order of {@link FactTable#lookups()}
   * @param source the system that reported it
   * @param position where in the source it stands
   */
  record Origin(
      @Nullable String[] members,
      @Nullable Long eventMicros,
      @Nullable String[] places,
      String source,
      String position) {}

  /** PostgreSQL's order of uuid: by unsigned bytes. */
  static final Comparator<UUID> HASH_ORDER =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  /** By the mark: (o, seq, observed, canonical content). */
  static final Comparator<FactRow> MARK_ORDER =
      Comparator.comparing(FactRow::stamp, ChangeStamp.ORDER)
          .thenComparing(FactRow::stamp, ChangeStamp.BY_OBSERVED)
          .thenComparing(FactRow::contentHash, HASH_ORDER);

  boolean isDelete() {
    return operation == Operation.DELETE;
  }
}
