package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A rate and the first Vietnamese day that it holds on.
 *
 * @param from null: it has held for ever
 * @param rate never negative; checked by {@link DatedRates}
 */
public record DatedRate(@Nullable LocalDate from, BigDecimal rate) implements Serializable {

  /** Days since 1970-01-01; the least number where it has held for ever. */
  long fromEpochDay() {
    return from == null ? Long.MIN_VALUE : from.toEpochDay();
  }
}
