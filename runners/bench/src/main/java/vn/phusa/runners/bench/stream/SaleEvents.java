package vn.phusa.runners.bench.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import vn.phusa.runners.samples.SampleEvent;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/** The sample shop's sales as events; each order comes once. */
final class SaleEvents {
  /** A backlog's sales happened within so long a time: several windows, none too late. */
  private static final Duration SPAN = Duration.ofMinutes(30);

  private static final double SALES_AMONG_EVENTS = 0.8;
  private static final long CUSTOMERS = 100_000;
  private static final long ORDERS = 1_000_000;

  private final Map<String, Object> kafka;

  SaleEvents(Map<String, Object> kafka) {
    this.kafka = kafka;
  }

  /** Puts sales of the last half hour into the topic as fast as it takes them. */
  void backlog(long count) {
    double perSecond = count / SALES_AMONG_EVENTS / SPAN.toSeconds();
    SampleEvents events = events(Instant.now().minus(SPAN), perSecond);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      long sent = 0;
      for (long number = 0; sent < count; number++) {
        SampleEvent event = events.event(number);
        if (event.topic().equals(BenchStores.IN)) {
          send(producer, event, event.sentAt().toEpochMilli());
          sent++;
        }
      }
      producer.flush();
    }
  }

  /**
   * Sends sales as they happen, at their rate, until it is asked to stop.
   *
   * @param report called with each order before it is sent, and its number
   */
  void steady(double perSecond, BooleanSupplier stopped, ObjLongConsumer<String> report) {
    Instant begin = Instant.now();
    SampleEvents events = events(begin, perSecond / SALES_AMONG_EVENTS);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      long sent = 0;
      for (long number = 0; !stopped.getAsBoolean(); number++) {
        SampleEvent event = events.event(number);
        if (event.topic().equals(BenchStores.IN)) {
          long wait = Duration.between(Instant.now(), event.sentAt()).toNanos();
          if (wait > 0) {
            LockSupport.parkNanos(wait);
          }
          report.accept(new String(event.key(), StandardCharsets.UTF_8), sent++);
          send(producer, event, System.currentTimeMillis());
        }
      }
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, SampleEvent event, long time) {
    var unused =
        producer.send(new ProducerRecord<>(BenchStores.IN, null, time, event.key(), event.value()));
  }

  private static SampleEvents events(Instant from, double perSecond) {
    return SampleShop.create(1, CUSTOMERS, ORDERS, from).events(from, perSecond);
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("acks", "all");
    settings.put("linger.ms", 5);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
