package vn.phusa.runners.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

  @Test
  void aBusyMachineIsGivenMoreTime() {
    assertThat(Deadline.scaled(Duration.ofSeconds(120), "1")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Deadline.scaled(Duration.ofSeconds(120), "2.5")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Deadline.scaled(Duration.ofSeconds(120), "0.25")).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two", "0", "-1", "NaN", "Infinity", "1001"})
  void aFactorThatIsNoneIsRefusedByName(String factor) {
    assertThatThrownBy(() -> Deadline.scaled(Duration.ofMinutes(2), factor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Dphusa.timeoutFactor: a number above 0, 1000 at most, expected");
  }

  @Test
  void whatNeverHoldsIsWaitedForNoLongerThanSaid() {
    assertThat(Deadline.await(Duration.ofMillis(50), () -> false)).isFalse();
    assertThat(Deadline.await(Duration.ofMillis(50), () -> true)).isTrue();
  }
}
