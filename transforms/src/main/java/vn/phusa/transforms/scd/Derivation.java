package vn.phusa.transforms.scd;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What rules make of what was said of a key's attributes. Histories are made of what was said, and
 * shown as one set of rules has it. Safe for several threads.
 */
public interface Derivation extends Serializable {
  /** The time of what was never said. */
  long NEVER = Long.MIN_VALUE;

  /** What was said stands as it is. */
  Derivation NONE =
      new Derivation() {
        private static final long serialVersionUID = 1L;

        @Override
        public long derivedMask() {
          return 0;
        }

        @Override
        public void derive(@Nullable String[] values, long[] saidAt) {}
      };

  /** The bits of the attributes that no source says, since they follow from others. */
  long derivedMask();

  /**
   * Replaces what was said by what stands in the dimension's row.
   *
   * @param values of each attribute in canonical text form, in the order of the dimension
   * @param saidAt of each attribute the time, by its change, that it was said for: microseconds
   *     since 1970-01-01 UTC, or {@link #NEVER}
   */
  void derive(@Nullable String[] values, long[] saidAt);
}
