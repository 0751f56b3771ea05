package vn.phusa.pipelines.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.runners.samples.SampleEvent;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;
import vn.phusa.transforms.decoding.CustomerEventDecoder;
import vn.phusa.transforms.decoding.InventoryEventDecoder;
import vn.phusa.transforms.decoding.RecordDecoder;
import vn.phusa.transforms.decoding.SalesEventDecoder;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/** What the sample sends is what the decoders understand. */
class SampleEventsDecodeTest {
  private static final Instant FROM = Instant.parse("2025-06-30T12:00:00Z");
  private static final Map<String, RecordDecoder> DECODERS =
      Map.of(
          SampleEvents.SALES, new SalesEventDecoder(null),
          SampleEvents.INVENTORY, new InventoryEventDecoder(null),
          SampleEvents.CUSTOMERS, new CustomerEventDecoder());

  @ParameterizedTest
  @ValueSource(strings = {"sales_event.avsc", "inventory_event.avsc"})
  void bothSidesCarryTheSameSchema(String name) throws Exception {
    try (InputStream ours = RecordDecoder.class.getResourceAsStream(name);
        InputStream theirs = SampleEvent.class.getResourceAsStream(name)) {
      assertThat(ours).hasSameContentAs(theirs);
    }
  }

  @Test
  void cleanEventsAreAllUnderstood() throws Exception {
    for (long i = 0; i < 2_000; i++) {
      assertThat(decode(events().event(i), i).getValues().get(0)).isNotEmpty();
    }
  }

  @Test
  void ofDirtyEventsOnlyTheBrokenAreRefused() {
    int refused = 0;
    for (long i = 0; i < 5_000; i++) {
      try {
        decode(events().dirty().event(i), i);
      } catch (RejectedException broken) {
        refused++;
      }
    }
    assertThat(refused).isBetween(5, 100);
  }

  private static SampleEvents events() {
    return SampleShop.create(9, 200, 4_000, FROM).events(FROM, 500);
  }

  private static SourceRecord decode(SampleEvent event, long offset) throws RejectedException {
    long sent = TimeUnit.MILLISECONDS.toMicros(event.sentAt().toEpochMilli());
    return DECODERS
        .get(event.topic())
        .decode(
            TopicRecord.create(event.topic(), 0, offset, sent, event.key(), event.value()), sent);
  }
}
