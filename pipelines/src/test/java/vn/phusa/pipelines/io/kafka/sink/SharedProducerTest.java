package vn.phusa.pipelines.io.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import vn.phusa.options.address.KafkaAddress;

class SharedProducerTest {
  /** What is in the topic, in its order. */
  private final List<String> topic = new ArrayList<>();

  /** By sending, what becomes of it; what is sent after these arrives. */
  private final Deque<String> fates = new ArrayDeque<>();

  private Duration patience = Duration.ofMinutes(1);
  private int made;
  private SharedProducer shared;

  /** Takes records, or loses them. */
  private final class FallibleProducer extends MockProducer<byte[], byte[]> {
    FallibleProducer() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
      String fate = fates.isEmpty() ? "arrives" : fates.remove();
      if (fate.equals("is not taken")) {
        throw new KafkaException("no memory");
      }
      if (fate.equals("finds it replaced")) {
        fates.addFirst("arrives");
        shared.awaitArrival(List.of(lostByOther(this)));
      }
      Future<RecordMetadata> sent = super.send(record);
      switch (fate) {
        case "is late" -> errorNext(new TimeoutException("late"));
        case "breaks it" -> errorNext(new OutOfOrderSequenceException("lost its place"));
        default -> {
          completeNext();
          topic.add(new String(record.value(), StandardCharsets.UTF_8));
        }
      }
      return sent;
    }
  }

  private void send(String... values) {
    KafkaAddress address = new KafkaAddress("localhost:9", Map.of(), null);
    shared =
        new SharedProducer(
            address,
            none -> {
              made++;
              return new FallibleProducer();
            },
            patience);
    shared.awaitArrival(
        Stream.of(values).map(SharedProducerTest::record).map(shared::send).toList());
  }

  private static ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>("t", bytes("key"), bytes(value));
  }

  /** A record of another thread, of which it learns that the producer is beyond use. */
  private static SharedProducer.Sent lostByOther(Producer<byte[], byte[]> by) {
    return new SharedProducer.Sent(
        record("other"),
        by,
        CompletableFuture.failedFuture(new OutOfOrderSequenceException("lost its place")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theNewestOfAKeyStaysTheLast() {
    fates.addAll(List.of("arrives", "is late"));
    send("1", "2", "3");
    assertThat(topic).containsExactly("1", "3", "2", "3");
  }

  @Test
  void whatIsLostAgainIsSentAgain() {
    fates.addAll(List.of("is not taken", "arrives", "breaks it", "arrives", "is late"));
    send("1", "2", "3");
    assertThat(topic).containsExactly("2", "1", "3", "2", "3");
    assertThat(made).isEqualTo(2);
  }

  @Test
  void whatComesToAProducerThatIsClosedJustThenIsSentByTheNext() {
    fates.addAll(List.of("arrives", "finds it replaced"));
    send("1", "2", "3");
    assertThat(topic).containsExactly("1", "other", "3", "2", "3");
    assertThat(made).isEqualTo(2);
  }

  /** Told as Kafka's clients tell of a Kafka that is away. */
  @Test
  void patienceEnds() {
    patience = Duration.ZERO;
    fates.add("is late");
    assertThatThrownBy(() -> send("1")).isInstanceOf(TimeoutException.class);
  }

  @Test
  void whatArrivesIsSentOnce() {
    send("1", "2", "3");
    assertThat(topic).containsExactly("1", "2", "3");
  }
}
