package vn.phusa.transforms.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class DebounceWindowsTest {
  private static final long FIVE_MINUTES = 300_000_000L;
  private static final long A = 0;
  private static final long B = FIVE_MINUTES;
  private static final long C = 2 * FIVE_MINUTES;
  private static final Duration A_MINUTE = Duration.standardMinutes(1);

  private final Pipeline pipeline = Pipeline.create();

  private static TestStream.Builder<Long> stream() {
    return TestStream.create(VarLongCoder.of()).advanceWatermarkTo(new Instant(0));
  }

  private PCollection<Long> shown(TestStream<Long> touched) {
    return pipeline.apply(touched).apply(DebounceWindows.everyMinute());
  }

  private static void assertAre(PAssert.IterableAssert<Long> shown, Long... starts) {
    List<Long> expected = List.of(starts);
    shown.satisfies(
        all -> {
          assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
          return null;
        });
  }

  @Test
  void boundedInputShowsEachWindowOnce() {
    PCollection<Long> shown =
        pipeline.apply(Create.of(A, B, A, A, C, B)).apply(DebounceWindows.everyMinute());
    assertAre(PAssert.that(shown), A, B, C);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingTouchedNothingShown() {
    assertAre(
        PAssert.that(
            shown(
                stream()
                    .advanceProcessingTime(Duration.standardHours(1))
                    .advanceWatermarkToInfinity())));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aWindowIsShownEarlyAMinuteAfterItWasTouchedHoweverOften() {
    PCollection<Long> shown =
        shown(
            stream()
                .addElements(A, A, B)
                .advanceProcessingTime(Duration.standardSeconds(30))
                .addElements(A, B)
                .advanceProcessingTime(Duration.standardSeconds(31))
                // What is touched after it was shown is shown again.
                .addElements(A)
                .advanceProcessingTime(A_MINUTE.plus(1_000))
                .advanceWatermarkToInfinity());
    // Early: the watermark has not moved.
    assertAre(PAssert.that(shown).inEarlyGlobalWindowPanes(), A, B, A);
    assertAre(PAssert.that(shown).inFinalPane(GlobalWindow.INSTANCE));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothingThatTheWatermarkHasPassedIsDropped() {
    PCollection<Long> shown =
        shown(
            stream()
                .addElements(C)
                .advanceWatermarkTo(new Instant(0).plus(Duration.standardDays(365)))
                .addElements(A)
                .advanceProcessingTime(A_MINUTE.plus(1_000))
                .addElements(B)
                .advanceWatermarkToInfinity());
    assertAre(PAssert.that(shown), A, B, C);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void afterSilenceABurstIsShownOnce() {
    PCollection<Long> shown =
        shown(
            stream()
                .addElements(A)
                .advanceProcessingTime(Duration.standardDays(2))
                .addElements(C, Collections.nCopies(2_000, C).toArray(new Long[0]))
                .advanceProcessingTime(A_MINUTE.plus(1_000))
                .advanceWatermarkToInfinity());
    assertAre(PAssert.that(shown), A, C);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aDelayIsPositive() {
    assertThatThrownBy(() -> DebounceWindows.everyMinute().withDelay(java.time.Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
