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
 * <p>Changes of one key are ordered by {@link #getOrderedMicros}, then by {@link #getCommitLsn}
 * (none first) and {@link #getCommitIndex}: {@link #ORDER}. Of states that are equal in these, the
 * one that was observed later is the newer: {@link #BY_OBSERVED}.
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

  /** By the time of observation, none first. */
  public static final Comparator<ChangeStamp> BY_OBSERVED =
      Comparator.comparing(
          ChangeStamp::getObservedMicros, Comparator.nullsFirst(Comparator.naturalOrder()));

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

  /**
   * When the state was read, by its source's clock, in microseconds since 1970-01-01 UTC: the
   * snapshot of a polled row, the extraction of a staged record. Null for captured changes and
   * events, and where it is not known.
   */
  public abstract @Nullable Long getObservedMicros();

  /** The stamp of an event: ordered by the time it says. */
  public static ChangeStamp polled(long modifiedMicros) {
    return create(modifiedMicros, modifiedMicros, null, 0, null);
  }

  /** The stamp of a polled row, a snapshot read or a staged record. */
  public static ChangeStamp observed(long modifiedMicros, long observedMicros) {
    return create(modifiedMicros, modifiedMicros, null, 0, observedMicros);
  }

  /** The stamp of a change that was captured from the log. */
  public static ChangeStamp captured(
      long modifiedMicros, long orderedMicros, long commitLsn, int commitIndex) {
    return create(modifiedMicros, orderedMicros, commitLsn, commitIndex, null);
  }

  @SchemaCreate
  public static ChangeStamp create(
      long modifiedMicros,
      long orderedMicros,
      @Nullable Long commitLsn,
      int commitIndex,
      @Nullable Long observedMicros) {
    return new AutoValue_ChangeStamp(
        modifiedMicros, orderedMicros, commitLsn, commitIndex, observedMicros);
  }
}
