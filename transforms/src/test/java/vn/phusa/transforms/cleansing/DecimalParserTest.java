package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

class DecimalParserTest {

  private static BigDecimal usd(String text) throws RejectedException {
    return DecimalParser.parse(text, "price_usd", 14, 4);
  }

  @Property
  void equalsBigDecimal(
      @ForAll @BigRange(min = "-99999999999999", max = "99999999999999") @Scale(6) BigDecimal value)
      throws RejectedException {
    BigDecimal expected = value.setScale(4, RoundingMode.HALF_UP);
    assertThat(usd(value.toPlainString())).isEqualTo(expected);
    assertThat(usd(value.toString())).isEqualTo(expected);
    assertThat(usd(value.stripTrailingZeros().toString())).isEqualTo(expected);
    assertThat(usd(expected.toPlainString())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "210.50, 210.5000",
    "1e3, 1000.0000",
    "1E-4, 0.0001",
    "0.00005, 0.0001",
    "-0.00005, -0.0001",
    "0.000049, 0.0000",
    "-0, 0.0000",
    "+5, 5.0000",
    "' 7 ', 7.0000",
    "007, 7.0000",
    "99999999999999.99994, 99999999999999.9999",
    "0e999999999, 0.0000",
    "1e-999999999, 0.0000",
    "-5, -5.0000",
    ".5, 0.5000",
    "5., 5.0000"
  })
  void numbers(String text, String value) throws RejectedException {
    assertThat(usd(text)).isEqualTo(new BigDecimal(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "abc",
        "1,000",
        "1.2.3",
        "-",
        ".",
        "1e",
        "e3",
        "--1",
        "0x10",
        "١٢",
        "1 000",
        "$5",
        "1e99999999999"
      })
  void textIsNoNumber(String text) {
    assertThatThrownBy(() -> usd(text))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_A_NUMBER))
        .hasMessageContaining("price_usd")
        .hasMessageNotContaining(text.length() > 2 ? text : "price_eur");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "100000000000000",
        "99999999999999.99995",
        "-100000000000000.0000",
        "1e14",
        "1e999999999"
      })
  void numbersThatDoNotFit(String text) {
    assertThatThrownBy(() -> usd(text))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_RANGE));
  }

  @Test
  void aNumberOfManyDigitsCostsNothing() {
    assertTimeout(
        Duration.ofSeconds(1),
        () ->
            assertThatThrownBy(() -> usd("9".repeat(1_000_000)))
                .isInstanceOfSatisfying(
                    RejectedException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_RANGE)));
  }
}
