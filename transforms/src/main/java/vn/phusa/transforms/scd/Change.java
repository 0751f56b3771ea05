package vn.phusa.transforms.scd;

import com.google.auto.value.AutoValue;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * One change of one key of a dimension. Two changes are the same when all of it is equal: a set of
 * changes holds each once.
 */
@AutoValue
public abstract class Change {

  /**
   * The order in which changes are folded: by (o, seq with none first, upsert before delete,
   * observed with none first, canonical content). It is total on different changes.
   */
  public static final Comparator<Change> ORDER =
      Comparator.comparing(Change::getStamp, ChangeStamp.ORDER)
          .thenComparing(Change::getOperation)
          .thenComparing(Change::getStamp, ChangeStamp.BY_OBSERVED)
          .thenComparing(Change::compareContent)
          .thenComparingLong(c -> c.getStamp().getModifiedMicros());

  public abstract ChangeStamp getStamp();

  public abstract Operation getOperation();

  /** The attributes in canonical text form, in the order of the {@link DimensionSpec}. */
  public abstract List<@Nullable String> getValues();

  /** The bits of the attributes that the change did not carry; their values are null here. */
  public abstract long getAbsentMask();

  /** The attribute's value; null also when it is absent. */
  public @Nullable String value(int attribute) {
    return getValues().get(attribute);
  }

  public boolean carries(int attribute) {
    return (getAbsentMask() >>> attribute & 1) == 0;
  }

  public boolean isCaptured() {
    return getStamp().getCommitLsn() != null;
  }

  /** Whether it is a state of its row that was read, and not an event or a captured change. */
  boolean isObserved() {
    return getStamp().getObservedMicros() != null;
  }

  /** Whether it says the same of the same time, whenever it was observed. */
  boolean repeats(Change other) {
    ChangeStamp stamp = getStamp();
    return ChangeStamp.ORDER.compare(stamp, other.getStamp()) == 0
        && stamp.getModifiedMicros() == other.getStamp().getModifiedMicros()
        && getOperation() == other.getOperation()
        && getAbsentMask() == other.getAbsentMask()
        && getValues().equals(other.getValues());
  }

  /** A row as its source says it is, all attributes carried. */
  public static Change upsert(ChangeStamp stamp, List<@Nullable String> values) {
    return create(stamp, Operation.UPSERT, values, 0L);
  }

  /** The row's end at the source; it carries no attribute. */
  public static Change delete(ChangeStamp stamp, DimensionSpec dimension) {
    return create(
        stamp,
        Operation.DELETE,
        Collections.nCopies(dimension.attributes().size(), null),
        dimension.allMask());
  }

  public static Change create(
      ChangeStamp stamp, Operation operation, List<@Nullable String> values, long absentMask) {
    return new AutoValue_Change(stamp, operation, values, absentMask);
  }

  /** A hash of the whole change: equal changes have equal ids, on every machine. */
  public UUID id() {
    ChangeStamp stamp = getStamp();
    Hasher hasher = Hashing.murmur3_128().newHasher();
    hasher.putLong(stamp.getModifiedMicros()).putLong(stamp.getOrderedMicros());
    Long lsn = stamp.getCommitLsn();
    hasher.putBoolean(lsn != null).putLong(lsn == null ? 0 : lsn).putInt(stamp.getCommitIndex());
    hasher.putInt(getOperation().ordinal()).putLong(getAbsentMask());
    for (String value : getValues()) {
      hasher.putInt(value == null ? -1 : value.length());
      if (value != null) {
        hasher.putUnencodedChars(value);
      }
    }
    // Nothing for none: what was remembered before there was such a time keeps its id.
    if (stamp.getObservedMicros() != null) {
      hasher.putLong(stamp.getObservedMicros());
    }
    ByteBuffer bytes = ByteBuffer.wrap(hasher.hash().asBytes());
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private int compareContent(Change other) {
    for (int i = 0; i < getValues().size(); i++) {
      int byCarried = Boolean.compare(carries(i), other.carries(i));
      if (byCarried != 0) {
        return byCarried;
      }
      String mine = value(i);
      String others = other.value(i);
      int byValue =
          mine == null || others == null
              ? Boolean.compare(mine != null, others != null)
              : mine.compareTo(others);
      if (byValue != 0) {
        return byValue;
      }
    }
    return 0;
  }
}
