package vn.phusa.runners.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleEventsTest {
  private static final Instant FROM = Instant.parse("2025-06-30T12:00:00Z");

  private static SampleEvents events(long seed) {
    return SampleShop.create(seed, 200, 4_000, FROM).events(FROM, 500);
  }

  private static List<String> texts(SampleEvents events, int count) {
    return LongStream.range(0, count)
        .mapToObj(events::event)
        .map(e -> e.topic() + Arrays.toString(e.key()) + Arrays.toString(e.value()) + e.sentAt())
        .toList();
  }

  @Test
  void theSameSeedGivesTheSameEvents() {
    assertThat(texts(events(1), 500)).isEqualTo(texts(events(1), 500));
    assertThat(texts(events(1).dirty(), 500)).isEqualTo(texts(events(1).dirty(), 500));
    assertThat(texts(events(2), 500)).isNotEqualTo(texts(events(1), 500));
  }

  @Test
  void cleanEventsAreAllDifferentAndOfEveryKind() {
    assertThat(texts(events(3), 5_000)).doesNotHaveDuplicates();
    assertThat(
            LongStream.range(0, 5_000)
                .mapToObj(events(3)::event)
                .collect(Collectors.groupingBy(SampleEvent::topic, Collectors.counting())))
        .containsOnlyKeys("sales_events", "customer_events", "inventory_events")
        .allSatisfy((topic, count) -> assertThat(count).isGreaterThan(100));
    assertThat(events(3).event(1_000).sentAt()).isEqualTo(FROM.plusSeconds(2));
  }

  @Test
  void dirtRepeatsAndBreaks() {
    List<SampleEvent> dirty =
        LongStream.range(0, 5_000).mapToObj(events(3).dirty()::event).toList();
    assertThat(dirty.stream().map(e -> Arrays.toString(e.value())).distinct().count())
        .isBetween(4_700L, 4_950L);
    assertThat(dirty).anySatisfy(event -> assertThat(event.value()).isEmpty());
  }

  @Test
  void theFirstEventOfATimeIsTheNextOneSent() {
    SampleEvents events = events(4);

    assertThat(events.firstAt(FROM)).isZero();
    assertThat(events.firstAt(FROM.minusSeconds(1))).isZero();
    assertThat(events.firstAt(FROM.plusMillis(3))).isEqualTo(2);
    Instant later = FROM.plus(Duration.ofDays(4_000));
    long first = events.firstAt(later.plusMillis(1));
    assertThat(events.event(first).sentAt()).isEqualTo(later.plusMillis(2));
    assertThat(events.event(first - 1).sentAt()).isEqualTo(later);
  }
}
