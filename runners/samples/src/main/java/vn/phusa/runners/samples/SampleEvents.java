package vn.phusa.runners.samples;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The shop's events, numbered from 0 on: mostly sales, some stock movements, a few changed
 * customers. The same shop, beginning and rate give the same events, whichever are asked for. Got
 * from {@link SampleShop#events}.
 *
 * <p>With {@linkplain #dirty dirt} about 5 in 100 sales happened up to 20 minutes before they are
 * sent, 3 in 100 events repeat an earlier one, and 1 in 200 is nothing that can be decoded.
 */
public final class SampleEvents {
  public static final String SALES = "sales_events";
  public static final String CUSTOMERS = "customer_events";
  public static final String INVENTORY = "inventory_events";

  private static final double REPEATED = 0.03;
  private static final double BROKEN = 0.005;
  private static final double LATE = 0.05;
  private static final int LATEST_SECONDS = 20 * 60;

  private final ShopPlan plan;
  private final Instant from;
  private final double perSecond;
  private final boolean dirty;

  SampleEvents(ShopPlan plan, Instant from, double perSecond, boolean dirty) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("More than no events a second");
    }
    this.plan = plan;
    this.from = from;
    this.perSecond = perSecond;
    this.dirty = dirty;
  }

  /** The same events with late, repeated and broken ones among them. */
  public SampleEvents dirty() {
    return new SampleEvents(plan, from, perSecond, true);
  }

  /** The event of a number from 0 on. */
  public SampleEvent event(long number) {
    SampleRandom dirt = plan.random("dirt of event", number);
    if (dirty && number > 0 && dirt.chance(REPEATED)) {
      SampleEvent earlier = event(dirt.between(Math.max(0, number - 1_000), number - 1));
      return new SampleEvent(earlier.topic(), earlier.key(), earlier.value(), sentAt(number));
    }
    SampleEvent clean = clean(number, dirty && dirt.chance(LATE) ? dirt : null);
    return dirty && dirt.chance(BROKEN)
        ? new SampleEvent(clean.topic(), clean.key(), broken(dirt, clean.value()), clean.sentAt())
        : clean;
  }

  private SampleEvent clean(long number, SampleRandom late) {
    SampleRandom random = plan.random("event", number);
    Instant sentAt = sentAt(number);
    int kind = random.below(100);
    if (kind < 80) {
      Instant sold = late == null ? sentAt : sentAt.minusSeconds(late.between(1, LATEST_SECONDS));
      String orderId = "E-" + number;
      OrderLine line = new Basket(plan, random, orderId, sold, sold).lines(() -> orderId, 1).get(0);
      return event(SALES, orderId, EventBytes.sale(line, sold), sentAt);
    }
    if (kind < 95) {
      String productId = ShopPlan.productId(random.between(1, plan.products()));
      return event(
          INVENTORY, productId, EventBytes.movement(random, number, productId, sentAt), sentAt);
    }
    String customerId = ShopPlan.customerId(random.between(1, plan.customers()));
    return event(
        CUSTOMERS, customerId, EventBytes.customer(random, number, customerId, sentAt), sentAt);
  }

  /** The number of the first event that is sent then, or later. */
  public long firstAt(Instant time) {
    double seconds = from.until(time, ChronoUnit.MICROS) / 1e6;
    return Math.max(0, (long) Math.ceil(seconds * perSecond));
  }

  /**
   * Sends events at their rate, the first at once, and returns when all are in Kafka. Each has the
   * time that it was meant for as record time.
   *
   * @param kafka the settings of a client of Kafka, the servers among them
   * @param first the number of the first
   * @param count how many
   * @throws KafkaException if one did not get there, or (an InterruptException) the thread was
   *     interrupted
   */
  public void send(Map<String, Object> kafka, long first, long count) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("acks", "all");
    settings.put("linger.ms", 5);
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long began = System.nanoTime();
      for (long i = 0; i < count && failure.get() == null; i++) {
        awaitNanoTime(began + (long) (i / perSecond * 1e9));
        SampleEvent event = event(first + i);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    event.topic(), null, event.sentAt().toEpochMilli(), event.key(), event.value()),
                (sent, refused) -> failure.compareAndSet(null, refused));
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new KafkaException("An event was not sent", failure.get());
    }
  }

  private static void awaitNanoTime(long due) {
    for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(wait);
      if (Thread.interrupted()) {
        throw new InterruptException("Interrupted between two events");
      }
    }
  }

  private Instant sentAt(long number) {
    return from.plus((long) (number / perSecond * 1e6), ChronoUnit.MICROS)
        .truncatedTo(ChronoUnit.MILLIS);
  }

  private static SampleEvent event(String topic, String key, byte[] value, Instant sentAt) {
    return new SampleEvent(topic, key.getBytes(StandardCharsets.UTF_8), value, sentAt);
  }

  private static byte[] broken(SampleRandom random, byte[] value) {
    return switch (random.below(3)) {
      case 0 -> new byte[0];
      case 1 -> Arrays.copyOf(value, value.length / 2);
      default -> {
        byte[] noise = new byte[40];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (byte) random.next();
        }
        // A negative length of the first text: no event begins like this.
        noise[0] = 1;
        yield noise;
      }
    };
  }
}
