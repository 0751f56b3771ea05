package vn.phusa.runners.bench.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void tellsWhatSoManyDidNotExceed() {
    Latencies latencies = new Latencies();
    for (int i = 200; i > 0; i--) {
      latencies.add(i * SECOND);
    }

    assertThat(latencies.seconds(0.5)).isEqualTo(100);
    assertThat(latencies.seconds(0.99)).isEqualTo(198);
    assertThat(latencies.seconds(1)).isEqualTo(200);
    assertThat(latencies.count()).isEqualTo(200);
  }

  @Test
  void ofOneItTellsThat() {
    Latencies latencies = new Latencies();
    latencies.add(SECOND);

    assertThat(latencies.seconds(0.5)).isEqualTo(1);
    assertThat(latencies.seconds(0.99)).isEqualTo(1);
  }

  @Test
  void ofNoneItTellsNothing() {
    assertThat(new Latencies().seconds(0.5)).isNaN();
  }
}
