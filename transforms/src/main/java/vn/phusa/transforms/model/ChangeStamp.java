package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.util.Comparator;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * When a change happened and where it stands among the others of its key.
 *
 * <p>Changes of one key are ordered by {@link #orderedMicros}, then by {@link #commitLsn} (none
 * first) and {@link #commitIndex}: {@link #ORDER}.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ChangeStamp {

  /** By (o, seq), a change without a commit position before one that has it. */
  public static final Comparator<ChangeStamp> ORDER =
      Comparator.comparingLong(ChangeStamp::getOrderedMicros)
          .thenComparing(
              ChangeStamp::getCommitLsn,
              Comparator.nullsFirst((Long a, Long b) -> Long.compareUnsigned(a, b)))
          .thenComparingInt(ChangeStamp::getCommitIndex);

  /** The time that the source says (t): microseconds since 1970-01-01 UTC. */
  public abstract long getModifiedMicros();

  /**
   * The time that orders changes (o), in microseconds since 1970-01-01 UTC: the commit time for
   * captured changes, otherwise the same as {@link #getModifiedMicros}.
   */
  public abstract long getOrderedMicros();

  /** The log position of the commit, unsigned; null where the change was not captured. */
  public abstract @Nullable Long getCommitLsn();

  /** The place in the transaction; 0 where the change was not captured. */
  public abstract int getCommitIndex();

  /** The stamp of a polled row, a snapshot read or an event: ordered by the time it says. */
  public static ChangeStamp polled(long modifiedMicros) {
    return create(modifiedMicros, modifiedMicros, null, 0);
  }

  /** The stamp of a change that was captured from the log. */
  public static ChangeStamp captured(
      long modifiedMicros, long orderedMicros, long commitLsn, int commitIndex) {
    return create(modifiedMicros, orderedMicros, commitLsn, commitIndex);
  }

  @SchemaCreate
  public static ChangeStamp create(
      long modifiedMicros, long orderedMicros, @Nullable Long commitLsn, int commitIndex) {
    return new AutoValue_ChangeStamp(modifiedMicros, orderedMicros, commitLsn, commitIndex);
  }
}
