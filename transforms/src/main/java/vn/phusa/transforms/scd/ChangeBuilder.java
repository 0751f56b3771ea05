package vn.phusa.transforms.scd;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/** Puts attributes into the canonical text form in which changes are compared and stored. */
final class ChangeBuilder {
  private final DimensionSpec dimension;
  private final @Nullable String[] values;
  private long absentMask;
  private int next;

  /**
   * @param absent the columns that the record did not carry
   */
  ChangeBuilder(DimensionSpec dimension, Collection<String> absent) {
    this.dimension = dimension;
    values = new String[dimension.attributes().size()];
    for (String column : absent) {
      absentMask |= 1L << dimension.indexOf(column);
    }
  }

  /** The next attribute in the dimension's order; the name is there to be checked. */
  ChangeBuilder set(String column, @Nullable Object value) {
    if (!dimension.attributes().get(next).column().equals(column)) {
      throw new IllegalArgumentException(column + " is not the attribute number " + next);
    }
    if ((absentMask >>> next & 1) == 0 && value != null) {
      values[next] =
          value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
    next++;
    return this;
  }

  Change build(ChangeStamp stamp, Operation operation) {
    if (operation == Operation.DELETE) {
      return Change.delete(stamp, dimension);
    }
    return Change.create(
        stamp, operation, Collections.unmodifiableList(Arrays.asList(values)), absentMask);
  }
}
