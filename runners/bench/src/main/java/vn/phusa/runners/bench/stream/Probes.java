package vn.phusa.runners.bench.stream;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Some of the events that come, which are looked for where they have to arrive: as committed rows,
 * and as records that a consumer of sales_processed gets.
 */
final class Probes implements AutoCloseable {
  /** Looked for so often: what is measured may be so much too long. */
  private static final long PAUSE_MILLIS = 20;

  private static final int PARTITIONS = 6;

  private final BenchStores stores;
  private final long everyNumber;
  private final Map<String, Long> notInTable = new ConcurrentHashMap<>();
  private final Map<String, Long> notInTopic = new ConcurrentHashMap<>();
  private final Latencies inTable = new Latencies();
  private final Latencies inTopic = new Latencies();
  private final Thread tableWatch = new Thread(this::watchTable, "table-watch");
  private final Thread topicWatch = new Thread(this::watchTopic, "topic-watch");
  private volatile boolean taking;
  private volatile boolean closed;
  private volatile long sent;
  private final AtomicLong seen = new AtomicLong();

  /**
   * @param everyNumber one of so many events is looked for
   */
  Probes(BenchStores stores, long everyNumber) {
    this.stores = stores;
    this.everyNumber = Math.max(1, everyNumber);
    tableWatch.start();
    topicWatch.start();
  }

  /** Whether events that come from now on are looked for. */
  void take(boolean whether) {
    taking = whether;
  }

  /** An event is sent now. */
  void sent(String order, long number) {
    sent = number + 1;
    if (taking && number % everyNumber == 0) {
      long now = System.nanoTime();
      notInTable.put(order, now);
      notInTopic.put(order, now);
    }
  }

  /** How many events were sent, of which no record of sales_processed was got yet. */
  long behind() {
    return Math.max(0, sent - seen.get());
  }

  /** How many records of sales_processed a consumer got. */
  long seen() {
    return seen.get();
  }

  /** Whether all that were looked for were found. */
  boolean allFound() {
    return notInTable.isEmpty() && notInTopic.isEmpty();
  }

  Latencies inTable() {
    return inTable;
  }

  Latencies inTopic() {
    return inTopic;
  }

  private void watchTable() {
    try (Connection connection = stores.connect();
        PreparedStatement find =
            connection.prepareStatement(
                "SELECT order_id FROM fact_sales_realtime WHERE order_id = ANY (?)")) {
      while (!closed) {
        lookInTable(connection, find);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the table cannot be watched", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookInTable(Connection connection, PreparedStatement find) throws SQLException {
    Array orders = connection.createArrayOf("text", notInTable.keySet().toArray());
    find.setArray(1, orders);
    try (ResultSet found = find.executeQuery()) {
      long now = System.nanoTime();
      while (found.next()) {
        found(notInTable, found.getString(1), inTable, now);
      }
    } finally {
      orders.free();
    }
  }

  private void watchTopic() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            stores.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          IntStream.range(0, PARTITIONS)
              .mapToObj(i -> new TopicPartition(BenchStores.OUT, i))
              .toList());
      consumer.seekToBeginning(consumer.assignment());
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          String order = new String(record.key(), StandardCharsets.UTF_8);
          found(notInTopic, order, inTopic, System.nanoTime());
          seen.incrementAndGet();
        }
      }
    }
  }

  private static void found(Map<String, Long> missing, String order, Latencies to, long now) {
    Long sent = missing.remove(order);
    if (sent != null) {
      to.add(now - sent);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    tableWatch.join();
    topicWatch.join();
  }
}
