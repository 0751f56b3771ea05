package vn.phusa.options.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:5432",
        "127.0.0.1",
        "127.0.0.53:1",
        "::1",
        "[::1]",
        "[::1]:6379",
        "0:0:0:0:0:0:0:1",
        "localhost:9092,127.0.0.1:9093",
      })
  void thisMachineIsKnown(String hosts) {
    assertThat(LoopbackHost.areAll(hosts)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.example",
        "10.0.0.1:5432",
        "0.0.0.0",
        "127.0.0.1.example.com",
        "localhost.example.com:1",
        "[::2]:6379",
        "fe80::1",
        "localhost:9092,kafka.example:9092",
        "1270.0.0.1",
      })
  void othersAreNot(String hosts) {
    assertThat(LoopbackHost.areAll(hosts)).isFalse();
  }
}
