package vn.phusa.runners.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RowCounts;

class RejectedPerMinuteTest {
  private Instant now = Instant.parse("2026-11-30T10:00:00Z");
  private final RejectedPerMinute watch = new RejectedPerMinute(() -> now);

  private Optional<String> after(int seconds, long read, long rejected) {
    now = now.plusSeconds(seconds);
    return watch.see(
        "stream", "sales_events", new RowCounts(read, read - rejected, rejected, 0, 0, 0));
  }

  @Test
  void aMinuteThatRejectsMuchIsReported() {
    watch.begin("sales_events");
    assertThat(after(30, 40_000, 1_000)).isEmpty();
    assertThat(after(30, 90_000, 1_234))
        .hasValue(
            "stream: 1,234 records of sales_events rejected in the last minute;"
                + " ./phusa status has the reasons");
    assertThat(after(60, 200_000, 1_333)).as("99 more").isEmpty();
    assertThat(after(60, 300_000, 1_433)).isPresent();
  }

  @Test
  void fewAreReportedWhereTheyAreHalf() {
    watch.begin("sales_events");
    assertThat(after(60, 9, 9)).isEmpty();
    assertThat(after(60, 29, 19)).isPresent();
    assertThat(after(60, 59, 33)).isEmpty();
  }

  @Test
  void aWarehouseThatWasAwayMakesItMoreThanAMinute() {
    watch.begin("sales_events");
    assertThat(after(301, 1_000, 500).orElseThrow()).contains("in the last 5 minutes");
  }
}
