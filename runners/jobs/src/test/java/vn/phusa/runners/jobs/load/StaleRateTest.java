package vn.phusa.runners.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.rules.Rules;

class StaleRateTest {
  private static final LocalDate TODAY = LocalDate.parse("2025-07-01");

  @Test
  void aRateOfMoreThanAQuarterAgoIsReported() {
    assertThat(RulesFile.staleRate(rates("2025-04-01"), TODAY))
        .hasValueSatisfying(line -> assertThat(line).contains("2025-04-01", "exchangeRate"));
  }

  @Test
  void aNewerOneIsNot() {
    assertThat(RulesFile.staleRate(rates("2025-04-02"), TODAY)).isEmpty();
    assertThat(RulesFile.staleRate(rates("2025-08-01"), TODAY)).isEmpty();
  }

  @Test
  void oneWithoutADateIsNot() {
    assertThat(RulesFile.staleRate(Rules.defaults(), TODAY)).isEmpty();
  }

  private static Rules rates(String newest) {
    return Rules.load(
        new StringReader(
            "exchangeRate: [{rate: 24000}, {from: %s, rate: 25000}]".formatted(newest)));
  }
}
