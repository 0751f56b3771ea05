package vn.phusa.transforms.cleansing;

import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/** When a record changed: of what it says itself, and of when it was committed or read. */
final class RecordStamp {
  private RecordStamp() {}

  /**
   * Whether the record's own time does not count: a row that is gone says when it was last there.
   */
  static boolean isOfCommit(SourceRecord record) {
    return record.getOperation() == Operation.DELETE && record.getOrderedMicros() != null;
  }

  /**
   * The record's stamp.
   *
   * @param said the time that the record says; null where it says none, or where it does not count
   * @param field the field that has the time
   * @throws RejectedException {@link Reason#MISSING_TIME} when there is no commit time either
   */
  static ChangeStamp of(SourceRecord record, @Nullable Long said, String field)
      throws RejectedException {
    Long ordered = record.getOrderedMicros();
    Long modified = said == null ? ordered : said;
    if (modified == null) {
      throw new RejectedException(
          Reason.MISSING_TIME, field + " is null and there is no commit time");
    }
    return ChangeStamp.create(
        modified,
        ordered == null ? modified : ordered,
        record.getCommitLsn(),
        record.getCommitIndex(),
        record.getObservedMicros());
  }
}
