package vn.phusa.runners.bench.stream;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import redis.clients.jedis.Jedis;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.transforms.rules.Rules;

/** What a contender reads from and writes to, and how much of it is there. */
final class BenchStores implements AutoCloseable {
  static final String IN = "sales_events";
  static final String OUT = "sales_processed";

  private static final int PARTITIONS = 6;
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final String DATABASE = "bench_stream";
  private static final String DEAD_LETTERS = "dead_letters";

  private final EmbeddedServices services;
  private final Admin admin;

  BenchStores(EmbeddedServices services) {
    this.services = services;
    this.admin = Admin.create(kafka());
  }

  String bootstrapServers() {
    return services.kafka().bootstrapServers();
  }

  /** The settings of a client, with the login. */
  Map<String, Object> kafka() {
    return services.kafka().clientSettings();
  }

  /** The file of a client's settings besides the servers, with the password in it. */
  Path kafkaFile() {
    return services.kafka().toolsFile();
  }

  /** As the other, with a reference where the password stands. */
  Path kafkaProperties() {
    return services.kafka().propertiesFile();
  }

  String jdbcUrl() {
    return services.postgres().jdbcUrl(DATABASE);
  }

  String user() {
    return services.postgres().user();
  }

  Path passwordFile() {
    return services.postgres().passwordFile();
  }

  String redisAddress() {
    return services.redis().address();
  }

  /** With the password in it. */
  String redisUri() {
    return services.redis().uri();
  }

  Path redisPasswordFile() {
    return services.redis().passwordFile();
  }

  Connection connect() throws SQLException {
    return services.postgres().connect(DATABASE);
  }

  /** An empty topic of events. */
  void emptyInput() throws ExecutionException, InterruptedException {
    recreate(IN);
  }

  /** An empty warehouse, Redis and topics to write to. */
  void emptyOutputs() throws SQLException, ExecutionException, InterruptedException {
    recreate(OUT);
    recreate(DEAD_LETTERS);
    services.postgres().dropDatabase(DATABASE);
    DatabaseAddress warehouse =
        new DatabaseAddress(
            "warehouse",
            "warehouseUrl",
            services.postgres().createDatabase(DATABASE),
            user(),
            SecretReference.toFile(services.postgres().passwordFile()));
    WarehouseSchema.migrate(Postgres.dataSource(warehouse), warehouse.schema(), Rules.defaults());
    try (Jedis jedis = new Jedis(redisUri())) {
      jedis.flushDB();
    }
    // Each begins with nothing left to be written by the server.
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  private void recreate(String topic) throws ExecutionException, InterruptedException {
    if (admin.listTopics().names().get().contains(topic)) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    Polling.until(
        Duration.ofSeconds(60),
        "topic " + topic + " to be gone",
        () -> !admin.listTopics().names().get().contains(topic));
    services.kafka().createTopic(topic, PARTITIONS, RETENTION);
  }

  /** How many records are in sales_processed. */
  long processed() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, PARTITIONS)
            .mapToObj(i -> new TopicPartition(OUT, i))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get().values().stream().mapToLong(e -> e.offset()).sum();
  }

  /** How many rows are committed. */
  long rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM fact_sales_realtime")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How many orders the windows in Redis count. */
  long inWindows() {
    try (Jedis jedis = new Jedis(redisUri())) {
      Set<String> keys = jedis.keys("sales:5m:2*");
      return keys.stream().mapToLong(key -> Long.parseLong(jedis.hget(key, "order_count"))).sum();
    }
  }

  String fsync() throws SQLException {
    try (Connection connection = services.postgres().connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW fsync")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
