package vn.phusa.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadSettingsTest {

  @Test
  void theDefaultsAreAnIncrementalLoad() {
    LoadSettings settings = read();

    assertThat(settings)
        .isEqualTo(
            new LoadSettings(
                false,
                null,
                null,
                settings.waveRows(),
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofDays(400),
                null,
                null));
    assertThat(settings.waveRows()).isPositive();
    assertThat(settings.isBackfill()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"UTC, Z", "Z, Z", "+07:00, +07:00", "Asia/Tokyo, Asia/Tokyo"})
  void zonesAreOffsetsAndNamesOfRegions(String text, String zone) {
    assertThat(read("--oltpTimeZone=" + text).oltpTimeZone()).isEqualTo(ZoneId.of(zone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hanoi", "UTC+7", "GMT+07:00", "7", "EST5EDT", "'; DROP TABLE x"})
  void otherZonesAreRefused(String text) {
    assertThatThrownBy(() -> read("--oltpTimeZone=" + text))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("--oltpTimeZone: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "1899-12-31", "+10000-01-01", "-0044-03-15"})
  void yearsThatNoShopKnewAreRefused(String day) {
    assertThatThrownBy(() -> read("--from=" + day))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("from 1900 to 9999");
  }

  @Test
  void aDayIsAVietnameseDay() {
    LoadSettings settings = read("--from=2025-03-01", "--to=2025-03-01T07:00:00.5Z");

    assertThat(settings.from()).isEqualTo(Instant.parse("2025-02-28T17:00:00Z"));
    assertThat(settings.to()).isEqualTo(Instant.parse("2025-03-01T07:00:00.5Z"));
    assertThat(settings.isBackfill()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "--from=yesterday, --from: an instant",
    "--overlap=-PT1M, --overlap: a duration",
    "--safetyLag=5min, --safetyLag: a duration",
    "--waveRows=-1, --waveRows: 0 or more expected",
  })
  void aMalformedValueIsNamed(String argument, String message) {
    assertThatThrownBy(() -> read(argument))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> read("--from=2025-01-01", "--fromBeginning"))
        .hasMessage("--from: not together with --fromBeginning");
    assertThatThrownBy(() -> read("--from=2025-01-02", "--to=2025-01-02"))
        .hasMessage("--to: must be later than --from");
  }

  private static LoadSettings read(String... arguments) {
    return LoadSettings.of(PipelineOptionsFactory.fromArgs(arguments).as(LoadOptions.class));
  }
}
