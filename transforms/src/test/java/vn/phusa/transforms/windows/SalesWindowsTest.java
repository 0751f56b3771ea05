package vn.phusa.transforms.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SalesWindowsTest {
  private static final long YEAR_1 = -62_135_596_800_000_000L;
  private static final long YEAR_9999 = 253_402_300_799_999_999L;
  private static final long FIVE_MINUTES = 300_000_000L;

  private static long at(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }

  @Test
  void aWindowHoldsItsStartAndNotItsEnd() {
    assertThat(SalesWindows.startOf(at("2025-03-01T02:15:00Z")))
        .isEqualTo(at("2025-03-01T02:15:00Z"));
    assertThat(SalesWindows.startOf(at("2025-03-01T02:19:59.999999Z")))
        .isEqualTo(at("2025-03-01T02:15:00Z"));
    assertThat(SalesWindows.startOf(at("2025-03-01T02:20:00Z")))
        .isEqualTo(at("2025-03-01T02:20:00Z"));
  }

  @Property(tries = 200)
  void everyTimeLiesInOneWindow(@ForAll @LongRange(min = YEAR_1, max = YEAR_9999) long micros) {
    long start = SalesWindows.startOf(micros);
    assertThat(micros - start).isBetween(0L, FIVE_MINUTES - 1);
    assertThat(Math.floorMod(start, FIVE_MINUTES)).isZero();
  }

  @Test
  void aSaleMayComeUntilTheAllowedLatenessAfterTheEndOfItsWindow() {
    SalesWindows windows = SalesWindows.withAllowedLateness(Duration.ofHours(1));
    long order = at("2025-03-01T02:17:00Z");
    assertThat(windows.isTooLate(order, at("2025-03-01T02:17:01Z"))).as("on time").isFalse();
    assertThat(windows.isTooLate(order, at("2025-03-01T02:10:00Z"))).as("from ahead").isFalse();
    assertThat(windows.isTooLate(order, at("2025-03-01T02:20:00Z"))).as("late").isFalse();
    assertThat(windows.isTooLate(order, at("2025-03-01T03:19:59.999999Z"))).as("last").isFalse();
    assertThat(windows.isTooLate(order, at("2025-03-01T03:20:00Z"))).as("too late").isTrue();
  }

  @Test
  void noLatenessIsAllowedToBeNegativeAndAnyMayBeLong() {
    assertThatThrownBy(() -> SalesWindows.withAllowedLateness(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SalesWindows.withAllowedLateness(Duration.ofDays(100_000)).isTooLate(0, YEAR_9999))
        .as("274 years")
        .isTrue();
    assertThat(
            SalesWindows.withAllowedLateness(Duration.ofDays(100_000_000)).isTooLate(0, YEAR_9999))
        .isFalse();
  }
}
