package vn.phusa.pipelines.io.kafka.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.KafkaClients;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.pipelines.io.waiting.Waiting;

/**
 * One producer for all that write to a cluster from this JVM: it is made for many threads, and
 * batches the better for it. Closed when the last of them lets go.
 */
final class SharedProducer {
  private static final Logger LOG = LoggerFactory.getLogger(SharedProducer.class);
  private static final Map<KafkaAddress, SharedProducer> OPEN = new HashMap<>();

  /** How often the producer, which has the limit itself, may come to it. */
  private static final int LIMITS = 2;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KafkaAddress address;
  private final Function<KafkaAddress, Producer<byte[], byte[]>> producers;
  private final Duration timeout;
  private int holders;
  private Producer<byte[], byte[]> producer;

  /**
   * @param producers makes one, and another where one is beyond use
   * @param timeout for how long a record that does not arrive is sent again
   */
  SharedProducer(
      KafkaAddress address,
      Function<KafkaAddress, Producer<byte[], byte[]>> producers,
      Duration timeout) {
    this.address = address;
    this.producers = producers;
    this.timeout = timeout;
    this.producer = producers.apply(address);
  }

  /**
   * A record on its way.
   *
   * @param by the producer that has it
   * @param answer null where the producer did not take it
   */
  record Sent(
      ProducerRecord<byte[], byte[]> record,
      Producer<byte[], byte[]> by,
      @Nullable Future<RecordMetadata> answer) {}

  static SharedProducer acquire(KafkaAddress address) {
    synchronized (OPEN) {
      SharedProducer shared =
          OPEN.computeIfAbsent(
              address,
              missing ->
                  new SharedProducer(
                      missing, KafkaClients::producer, AnswerTimeout.limit().multipliedBy(LIMITS)));
      shared.holders++;
      return shared;
    }
  }

  void release() {
    synchronized (OPEN) {
      if (--holders == 0) {
        OPEN.remove(address);
        current().close(Duration.ofSeconds(10));
      }
    }
  }

  /** Hands a record over; {@link #awaitArrival} waits for its arrival. */
  Sent send(ProducerRecord<byte[], byte[]> record) {
    Producer<byte[], byte[]> by = current();
    try {
      return new Sent(record, by, by.send(record));
    } catch (RecordTooLargeException e) {
      throw e;
    } catch (KafkaException | IllegalStateException e) {
      // An IllegalStateException where another thread has just replaced, and closed, the producer.
      LOG.warn("A record was not taken by the producer and is sent again: {}", e.toString());
      return new Sent(record, by, null);
    }
  }

  /**
   * Waits until all of the records are in Kafka. From the first that is not on they are sent again,
   * those too that arrived: the last record of a key stays the last.
   *
   * @param records in the order in which they were sent
   * @throws KafkaException when a record is refused for good, or, as a TimeoutException, when the
   *     timeout is over
   */
  void awaitArrival(List<Sent> records) {
    try (Waiting ignored = Waiting.reportedAs("Kafka")) {
      await(records);
    }
  }

  private void await(List<Sent> records) {
    long deadline = System.nanoTime() + timeout.toNanos();
    List<Sent> missing = fromTheFirstMissing(records);
    while (!missing.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "Kafka did not take a record for " + missing.get(0).record().topic());
      }
      pause();
      missing = fromTheFirstMissing(missing.stream().map(sent -> send(sent.record())).toList());
    }
  }

  /** Waits for all of them: one that is on its way still could come after its repeat. */
  private List<Sent> fromTheFirstMissing(List<Sent> records) {
    int first = records.size();
    for (int i = 0; i < records.size(); i++) {
      if (!arrived(records.get(i)) && i < first) {
        first = i;
      }
    }
    return records.subList(first, records.size());
  }

  private boolean arrived(Sent sent) {
    if (sent.answer() == null) {
      return false;
    }
    try {
      sent.answer().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException refused) {
        throw refused;
      }
      if (!(e.getCause() instanceof RetriableException)) {
        // A producer that lost its place in the sequence takes nothing any more.
        replace(sent.by());
      }
      LOG.warn("A record did not arrive and is sent again: {}", e.getCause().toString());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while Kafka was waited for", e);
    }
  }

  private synchronized Producer<byte[], byte[]> current() {
    return producer;
  }

  private synchronized void replace(Producer<byte[], byte[]> failed) {
    if (producer == failed) {
      producer = producers.apply(address);
      failed.close(Duration.ZERO);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while Kafka was waited for", e);
    }
  }
}
