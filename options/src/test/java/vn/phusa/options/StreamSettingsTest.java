package vn.phusa.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.options.StreamSettings.StartPosition;

class StreamSettingsTest {

  @Test
  void theDefaultsStreamAllTopicsFromTheirEndUntilStopped() {
    assertThat(read())
        .isEqualTo(
            new StreamSettings(
                "phusa",
                new StartPosition(StartPosition.Kind.LATEST, 0),
                Set.of(),
                Duration.ofHours(1),
                Duration.ofHours(48),
                false,
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Duration.ofDays(400),
                null));
  }

  @Test
  void aStreamCanBeginAtAnInstantAndEndNow() {
    StreamSettings settings =
        read(
            "--startPosition=2025-03-01T07:00:00+07:00",
            "--until=now",
            "--topics=sales_events, cdc_orders");

    assertThat(settings.start())
        .isEqualTo(
            new StartPosition(
                StartPosition.Kind.AT_TIME, Instant.parse("2025-03-01T00:00:00Z").toEpochMilli()));
    assertThat(settings.endsNow()).isTrue();
    assertThat(settings.topics()).containsExactlyInAnyOrder("sales_events", "cdc_orders");
    assertThat(read("--startPosition=earliest").start().kind())
        .isEqualTo(StartPosition.Kind.EARLIEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--startPosition=yesterday | --startPosition: latest, earliest or an instant",
        "--until=later | --until: now expected",
        "--topics=sales events | --topics: letters, digits",
        "--topics=sales_events, | --topics: letters, digits",
        "--consumerGroup=a b | --consumerGroup: letters, digits",
        "--allowedLateness=1h | --allowedLateness: a duration",
        "--windowTimeToLive=PT1H | --windowTimeToLive: must be longer than --allowedLateness",
        "--historyHorizon=P1D | --historyHorizon: P7D or more expected",
        "--historyHorizon=3 years | --historyHorizon: a duration",
        "--retention=forever | --retention: a duration",
        "--windowFlush=PT0S | --windowFlush: longer than PT0S expected",
        "--warehouseFlush=PT1M | --warehouseFlush: at most PT25S expected",
      })
  void aMalformedValueIsNamed(String argument, String message) {
    assertThatThrownBy(() -> read(argument))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith(message);
  }

  private static StreamSettings read(String... arguments) {
    return StreamSettings.of(PipelineOptionsFactory.fromArgs(arguments).as(StreamOptions.class));
  }
}
