package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.process.Deadline;

class EmbeddedKafkaIT {
  private static final String TOPIC = "sales_events";

  @TempDir private Path folder;
  private Path home;

  @Test
  void keepsTopicsAndRecordsOverAStopAndACrash() throws Exception {
    home = folder.resolve("Kho hàng");
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedKafka kafka = services.kafka();
      kafka.createTopic(TOPIC, 6, Duration.ofDays(7));
      kafka.createTopic(TOPIC, 6, Duration.ofDays(7));
      send(kafka, "first");
      assertLetsNobodyElseIn(kafka);
      assertThat(ListeningSockets.addresses(kafka.port()))
          .isNotEmpty()
          .allMatch(ListeningSockets::isLoopback);
    }
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedKafka kafka = services.kafka();
      assertReceives(kafka, List.of("first"));
      send(kafka, "second");
      kafka.kill();
      kafka.restart();
      assertReceives(kafka, List.of("first", "second"));
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).as("the data lie in the home, whatever its letters").containsExactly(home);
    }
  }

  /** At the controller's port as at the clients': whoever speaks to it may change the cluster. */
  private void assertLetsNobodyElseIn(EmbeddedKafka kafka) throws Exception {
    Properties broker = new Properties();
    try (Reader file = Files.newBufferedReader(home.resolve("kafka/server.properties"))) {
      broker.load(file);
    }
    String controller = broker.getProperty("controller.quorum.voters").replaceFirst("^1@", "");
    assertThat(clusterOf(kafka.clientSettings())).isNotEmpty();
    for (String server : List.of(kafka.bootstrapServers(), controller)) {
      Map<String, Object> none = settings(kafka, server);
      none.keySet().removeIf(name -> name.startsWith("sasl.") || name.startsWith("security."));
      assertThatThrownBy(() -> clusterOf(none)).as(server).isInstanceOf(ExecutionException.class);
      Map<String, Object> wrong = settings(kafka, server);
      wrong.compute(
          "sasl.jaas.config",
          (name, login) -> login.toString().replaceFirst("password=\"[^\"]+", "password=\"wrong"));
      assertThatThrownBy(() -> clusterOf(wrong))
          .as(server)
          .hasCauseInstanceOf(SaslAuthenticationException.class);
      Map<String, Object> stranger = settings(kafka, server);
      stranger.compute(
          "sasl.jaas.config",
          (name, login) -> login.toString().replace("username=\"phusa\"", "username=\"root\""));
      assertThatThrownBy(() -> clusterOf(stranger))
          .as(server)
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
    for (Path file : List.of(kafka.toolsFile(), home.resolve("kafka/server.properties"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    String password = Files.readString(home.resolve("secrets/kafka.password")).strip();
    assertThat(kafka.properties().toString()).doesNotContain(password);
    assertThat(Files.readString(kafka.propertiesFile())).doesNotContain(password);
    assertThat(Files.readString(home.resolve("kafka/kafka.log"))).doesNotContain(password);
  }

  private static Map<String, Object> settings(EmbeddedKafka kafka, String server) {
    Map<String, Object> settings = kafka.clientSettings();
    boolean controller = !server.equals(kafka.bootstrapServers());
    settings.remove("bootstrap.servers");
    settings.put(controller ? "bootstrap.controllers" : "bootstrap.servers", server);
    return settings;
  }

  private static String clusterOf(Map<String, Object> settings) throws Exception {
    settings.put("default.api.timeout.ms", 2_000);
    settings.put("request.timeout.ms", 1_000);
    try (Admin admin = Admin.create(settings)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void send(EmbeddedKafka kafka, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            kafka.clientSettings(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
    }
  }

  private static void assertReceives(EmbeddedKafka kafka, List<String> expected) {
    Map<String, Object> properties = kafka.clientSettings();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, "test-" + System.nanoTime());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    List<String> received = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      await()
          .atMost(Deadline.scaled(Duration.ofMinutes(2)))
          .untilAsserted(
              () -> {
                consumer
                    .poll(Duration.ofMillis(500))
                    .forEach(record -> received.add(record.value()));
                assertThat(received).containsExactlyElementsOf(expected);
              });
    }
  }
}
