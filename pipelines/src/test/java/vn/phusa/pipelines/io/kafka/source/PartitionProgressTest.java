package vn.phusa.pipelines.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private static final long NOW = 1_750_000_000_000L;
  private static final long IDLE = 10_000;
  private static final long YEAR_3000 = 32_503_680_000_000L;

  private static final OptionalLong NONE = OptionalLong.of(0);
  private static final OptionalLong SOME = OptionalLong.of(1);

  private static PartitionProgress progress() {
    return new PartitionProgress(5, Long.MIN_VALUE, 8, IDLE, NOW);
  }

  @Test
  void timestampsNeverGoBackNorBeyondThePresent() {
    PartitionProgress progress = progress();
    assertThat(progress.take(5, NOW - 5_000, Long.MIN_VALUE, NOW)).isEqualTo(NOW - 5_000);
    assertThat(progress.take(6, NOW - 9_000, Long.MIN_VALUE, NOW)).isEqualTo(NOW - 5_000);
    assertThat(progress.take(7, YEAR_3000, Long.MIN_VALUE, NOW)).isEqualTo(NOW);
    assertThat(progress.watermark(SOME, NOW)).isEqualTo(NOW);
  }

  @Test
  void aRecordWithoutTimeIsOfThePresent() {
    assertThat(progress().take(5, -1, Long.MIN_VALUE, NOW)).isEqualTo(NOW);
  }

  @Test
  void noRecordIsBeforeTheWatermarkThatWasReported() {
    assertThat(progress().take(5, NOW - 5_000, NOW - 1_000, NOW)).isEqualTo(NOW - 1_000);
  }

  @Test
  void timePassesInAPartitionThatIsIdleButNotInOneThatIsBehind() {
    PartitionProgress progress = progress();
    progress.take(5, NOW - 60_000, Long.MIN_VALUE, NOW);
    assertThat(progress.watermark(NONE, NOW + IDLE - 1)).isEqualTo(NOW - 60_000);
    assertThat(progress.watermark(NONE, NOW + IDLE)).isEqualTo(NOW);
    assertThat(progress.watermark(SOME, NOW + IDLE)).isEqualTo(NOW - 60_000);
    assertThat(progress.watermark(NONE, NOW + 2 * IDLE - 1)).isEqualTo(NOW - 60_000);
  }

  @Test
  void aPartitionThatWasQuietBeforeIsSoAtOnceWhereItIsKnownToHaveNothing() {
    PartitionProgress progress = new PartitionProgress(5, NOW - IDLE, 8, IDLE, NOW - IDLE);
    assertThat(progress.watermark(OptionalLong.empty(), NOW + 1)).isEqualTo(NOW - IDLE);
    assertThat(progress.watermark(NONE, NOW + 1)).isEqualTo(NOW + 1 - IDLE);
  }

  @Test
  void whatHoldsNoRecordIsSkippedUpToTheEnd() {
    PartitionProgress progress = progress();
    progress.take(5, NOW, Long.MIN_VALUE, NOW);
    assertThat(progress.isAtEnd()).isFalse();
    progress.skipTo(4);
    assertThat(progress.offset()).isEqualTo(6);
    progress.skipTo(8);
    assertThat(progress.isAtEnd()).isTrue();
  }

  @Test
  void aRecordBeyondTheEndMovesNothingPastTheEnd() {
    PartitionProgress progress = progress();
    progress.skipTo(1_000);
    assertThat(progress.isAtEnd()).isTrue();
    assertThat(progress.offset()).isEqualTo(8);
  }
}
