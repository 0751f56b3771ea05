package vn.phusa.transforms.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A rate that changes on given days.
 *
 * @param rates at least one, in the order of their days
 */
public record DatedRates(@JsonValue List<DatedRate> rates) implements Serializable {

  // An entry is checked here and not by itself, so that a misspelt key is reported as such.
  public DatedRates {
    for (DatedRate entry : rates) {
      RulesException.required(entry.rate(), "rate");
      RulesException.check(entry.rate().signum() >= 0, "rules: \"rate\" is negative");
    }
    rates = rates.stream().sorted(Comparator.comparingLong(DatedRate::fromEpochDay)).toList();
    RulesException.check(!rates.isEmpty(), "rules: a list of rates is empty");
    RulesException.check(
        rates.stream().map(DatedRate::fromEpochDay).distinct().count() == rates.size(),
        "rules: two rates hold from the same day");
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DatedRates of(List<DatedRate> rates) {
    return new DatedRates(rates);
  }

  /** The day that the newest dated entry holds from; empty where none is dated. */
  public Optional<LocalDate> newest() {
    return Optional.ofNullable(rates.get(rates.size() - 1).from());
  }

  /**
   * The rate of a Vietnamese day.
   *
   * @param epochDay days since 1970-01-01; null, a day that is not known, takes the newest rate
   * @return before the first dated rate: the first
   */
  public BigDecimal on(@Nullable Integer epochDay) {
    int i = rates.size() - 1;
    if (epochDay != null) {
      while (i > 0 && rates.get(i).fromEpochDay() > epochDay) {
        i--;
      }
    }
    return rates.get(i).rate();
  }
}
