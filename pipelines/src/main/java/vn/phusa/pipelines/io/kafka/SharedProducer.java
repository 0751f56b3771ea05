package vn.phusa.pipelines.io.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.KafkaAddress;

/**
 * One producer for all that write to a cluster from this JVM: it is made for many threads, and
 * batches the better for it. Closed when the last of them lets go.
 */
final class SharedProducer {
  private static final Logger LOG = LoggerFactory.getLogger(SharedProducer.class);
  private static final Map<KafkaAddress, SharedProducer> OPEN = new HashMap<>();

  /** Beside the patience of the producer itself, which waits for two minutes each time. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KafkaAddress address;
  private int holders;
  private KafkaProducer<byte[], byte[]> producer;

  private SharedProducer(KafkaAddress address) {
    this.address = address;
    this.producer = KafkaClients.producer(address);
  }

  /**
   * A record on its way.
   *
   * @param by the producer that has it
   * @param answer null where the producer did not take it
   */
  record Sent(
      ProducerRecord<byte[], byte[]> record,
      KafkaProducer<byte[], byte[]> by,
      @Nullable Future<RecordMetadata> answer) {}

  static SharedProducer acquire(KafkaAddress address) {
    synchronized (OPEN) {
      SharedProducer shared = OPEN.computeIfAbsent(address, SharedProducer::new);
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

  /** Hands a record over; whether it arrives {@link #settle} tells. */
  Sent send(ProducerRecord<byte[], byte[]> record) {
    KafkaProducer<byte[], byte[]> by = current();
    try {
      return new Sent(record, by, by.send(record));
    } catch (RecordTooLargeException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("A record was not taken by the producer and is sent again: {}", e.toString());
      return new Sent(record, by, null);
    }
  }

  /**
   * Waits until all of the records are in Kafka, and sends those again that are not.
   *
   * @throws KafkaException when a record is refused for good or patience is at its end
   */
  void settle(List<Sent> records) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Sent sent : records) {
      Sent last = sent;
      while (!arrived(last)) {
        if (System.nanoTime() > deadline) {
          throw new KafkaException("Kafka did not take a record for " + sent.record().topic());
        }
        pause();
        last = send(sent.record());
      }
    }
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

  private synchronized KafkaProducer<byte[], byte[]> current() {
    return producer;
  }

  private synchronized void replace(KafkaProducer<byte[], byte[]> failed) {
    if (producer == failed) {
      producer = KafkaClients.producer(address);
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
