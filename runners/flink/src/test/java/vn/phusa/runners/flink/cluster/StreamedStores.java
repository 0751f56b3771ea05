package vn.phusa.runners.flink.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;

/**
 * What one stream writes to: a warehouse and a database of Redis of its own, and the topics, which
 * are the same for all.
 *
 * @param warehouse the database's name; also that of the consumer group
 * @param redis the number of the database in Redis
 */
record StreamedStores(EmbeddedServices services, String warehouse, int redis) {
  static final List<String> READ = List.of("sales_events", "customer_events", "inventory_events");

  private static final Map<String, Integer> PARTITIONS =
      Map.ofEntries(
          Map.entry("sales_events", 6),
          Map.entry("customer_events", 3),
          Map.entry("inventory_events", 4),
          Map.entry("sales_processed", 6),
          Map.entry("dead_letters", 3));

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));
  private static final String HOST = "127.0.0.1";

  /** Surrogate keys, marks and times of writing apart. */
  private static final String NOT_COMPARED =
      "'{created_at,updated_at,processed_timestamp,change_modified_at,change_ordered_at,change_lsn,"
          + "change_index,content_hash,row_hash,left_windows,customer_key,product_key}'::text[]";

  private static final String ROWS =
      """
      SELECT 'customer ' || (to_jsonb(d) - %1$s)::text FROM dim_customer d
      UNION ALL SELECT 'product ' || (to_jsonb(d) - %1$s)::text FROM dim_product d
      UNION ALL SELECT 'sale ' || (to_jsonb(f) - %1$s)::text FROM fact_sales_realtime f
      UNION ALL SELECT 'movement ' || (to_jsonb(f) - %1$s)::text || d.effective_date
        FROM fact_inventory f LEFT JOIN dim_product d USING (product_key)
      UNION ALL SELECT 'window ' || w::text FROM sales_window w
      UNION ALL SELECT 'dead letter ' || concat_ws(' ', id, stage, reason, payload, attempts, status)
        FROM dead_letter
      ORDER BY 1
      """
          .formatted(NOT_COMPARED);

  private static final String WINDOWS =
      """
      SELECT json_strip_nulls(json_build_object('platform', platform, 'region', region,
        'window_start', to_char(window_start, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'window_end', to_char(window_end, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'order_count', order_count::text, 'total_revenue_vnd', total_revenue_vnd::text,
        'avg_order_value_vnd', avg_order_value_vnd::text))::text
      FROM sales_window
      """;

  void createTopics() {
    PARTITIONS.forEach(
        (topic, number) -> services.kafka().createTopic(topic, number, Duration.ofDays(7)));
  }

  List<String> warehouseArguments() {
    return List.of(
        "--warehouseUrl=" + services.postgres().jdbcUrl(warehouse),
        "--warehouseUser=" + services.postgres().user(),
        "--warehousePassword=" + secret(services.postgres().passwordFile()));
  }

  /** The words of a stream of the event topics. */
  List<String> streamArguments(String... more) {
    List<String> arguments = new ArrayList<>(List.of("stream"));
    arguments.addAll(warehouseArguments());
    arguments.add("--kafkaBootstrapServers=" + services.kafka().bootstrapServers());
    arguments.add("--kafkaProperties=" + services.kafka().propertiesFile());
    arguments.add("--redisUri=redis://" + HOST + ":" + services.redis().port() + "/" + redis);
    arguments.add("--redisPassword=" + secret(services.redis().passwordFile()));
    arguments.add("--topics=" + String.join(",", READ));
    arguments.add("--consumerGroup=" + warehouse);
    arguments.add("--startPosition=earliest");
    arguments.add("--warehouseFlush=PT1S");
    arguments.add("--windowFlush=PT2S");
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static String secret(Path file) {
    return SecretReference.toFile(file).toString();
  }

  List<String> rows() throws SQLException {
    return texts(ROWS);
  }

  long count(String table) throws SQLException {
    return Long.parseLong(texts("SELECT count(*)::text FROM " + table).get(0));
  }

  List<String> texts(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = services.postgres().connect(warehouse);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
    }
    return rows;
  }

  /** The windows in Redis by their keys, but for when they were written. */
  SortedMap<String, String> shown() {
    SortedMap<String, String> shown = new TreeMap<>();
    try (Jedis jedis =
        new Jedis(
            new HostAndPort(HOST, services.redis().port()),
            DefaultJedisClientConfig.builder()
                .password(services.redis().password())
                .database(redis)
                .build())) {
      for (String key : jedis.keys("sales:5m:[0-9]*")) {
        SortedMap<String, String> fields = new TreeMap<>(jedis.hgetAll(key));
        fields.remove("updated_at");
        shown.put(key, fields.toString());
      }
      shown.put("index", String.join(" ", jedis.zrange("sales:5m:windows", 0, -1)));
    }
    return shown;
  }

  /** What {@link #shown()} has to be: the sums over the warehouse's sales. */
  SortedMap<String, String> windowsToShow() throws SQLException {
    SortedMap<String, String> windows = new TreeMap<>();
    SortedSet<String> starts = new TreeSet<>();
    for (String row : texts(WINDOWS)) {
      SortedMap<String, String> fields = new TreeMap<>();
      try {
        JSON.readTree(row)
            .fields()
            .forEachRemaining(field -> fields.put(field.getKey(), field.getValue().asText()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
      String start = fields.get("window_start");
      starts.add(start);
      String key =
          String.join(":", "sales:5m", start, fields.remove("platform"), fields.remove("region"));
      windows.put(key, fields.toString());
    }
    windows.put("index", String.join(" ", starts));
    return windows;
  }

  /** How many records the group has not committed. */
  long lag() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      long lag = 0;
      for (String topic : READ) {
        Map<TopicPartition, Long> ends = ends(consumer, topic);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(ends.keySet());
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
          OffsetAndMetadata place = committed.get(end.getKey());
          lag += end.getValue() - (place == null ? 0 : place.offset());
        }
      }
      return lag;
    }
  }

  /** The topic sales_processed as compaction leaves it, the time of processing apart. */
  SortedMap<String, JsonNode> processed() throws Exception {
    SortedMap<String, JsonNode> last = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> ends = ends(consumer, "sales_processed");
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      Map<TopicPartition, Long> left = new HashMap<>(ends);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      left.values().removeIf(end -> end == 0);
      while (!left.isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("sales_processed is not read: " + left);
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          last.put(new String(record.key(), StandardCharsets.UTF_8), compared(record.value()));
        }
        left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
    }
    return last;
  }

  private static JsonNode compared(byte[] sale) throws Exception {
    ObjectNode fields = (ObjectNode) JSON.readTree(sale);
    fields.remove("processed_timestamp");
    return fields;
  }

  private static Map<TopicPartition, Long> ends(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.endOffsets(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties settings = new Properties();
    settings.putAll(services.kafka().clientSettings());
    settings.put("group.id", warehouse);
    settings.put("enable.auto.commit", "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
