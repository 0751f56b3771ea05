package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Customer segments by monthly spending.
 *
 * @param levels from the highest down
 * @param fallback below the lowest level, and where no spending is known
 */
public record CustomerSegments(List<Level> levels, String fallback) implements Serializable {

  /**
   * A segment.
   *
   * @param from dong a month, included
   */
  public record Level(BigDecimal from, String name) implements Serializable {}

  // A level is checked here and not by itself, so that a misspelt key is reported as such.
  public CustomerSegments {
    for (Level level : RulesException.required(levels, "customerSegments.levels")) {
      RulesException.required(level.from(), "from");
      RulesException.required(level.name(), "name");
    }
    levels = levels.stream().sorted(Comparator.comparing(Level::from).reversed()).toList();
    RulesException.required(fallback, "customerSegments.fallback");
  }

  /** The segment of a monthly spending in dong; null is a spending that is not known. */
  public String of(@Nullable BigDecimal monthlyVnd) {
    if (monthlyVnd != null) {
      for (Level level : levels) {
        if (monthlyVnd.compareTo(level.from()) >= 0) {
          return level.name();
        }
      }
    }
    return fallback;
  }
}
