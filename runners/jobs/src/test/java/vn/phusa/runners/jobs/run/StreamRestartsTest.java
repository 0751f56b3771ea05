package vn.phusa.runners.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stream survives. */
class StreamRestartsTest {
  private final List<Duration> slept = new ArrayList<>();
  private final StreamRestarts comebacks = new StreamRestarts(slept::add);
  private int starts;

  @Test
  void itComesBackWithALongerPauseEachTime() throws Exception {
    comebacks.keep(
        runs -> {
          runs.run();
          if (++starts < 9) {
            throw new IllegalStateException(new SQLException("away", "08006"));
          }
        });

    assertThat(starts).isEqualTo(9);
    assertThat(slept.stream().map(Duration::toSeconds))
        .containsExactly(5L, 10L, 20L, 40L, 80L, 120L, 120L, 120L);
  }

  @Test
  void whatNeverRanIsReported() {
    assertThatThrownBy(
            () ->
                comebacks.keep(
                    runs -> {
                      throw new SQLException("away", "08006");
                    }))
        .isInstanceOf(SQLException.class);
    assertThat(slept).isEmpty();
  }

  @Test
  void whatNoWaitingMendsIsReported() {
    assertThatThrownBy(
            () ->
                comebacks.keep(
                    runs -> {
                      runs.run();
                      throw new SQLException("no such column", "42703");
                    }))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(
            () ->
                comebacks.keep(
                    runs -> {
                      runs.run();
                      throw new IllegalStateException(new SQLException("password", "28P01"));
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(slept).isEmpty();
  }
}
