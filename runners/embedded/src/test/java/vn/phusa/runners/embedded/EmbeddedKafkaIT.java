package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static final String TOPIC = "sales_events";

  @TempDir private Path home;

  @Test
  void keepsTopicsAndRecordsOverAStopAndACrash() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedKafka kafka = services.kafka();
      kafka.createTopic(TOPIC, 6, Duration.ofDays(7));
      kafka.createTopic(TOPIC, 6, Duration.ofDays(7));
      send(kafka, "first");
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
  }

  private static void send(EmbeddedKafka kafka, String value) throws Exception {
    Map<String, Object> properties =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
    }
  }

  private static void assertReceives(EmbeddedKafka kafka, List<String> expected) {
    Map<String, Object> properties =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            "test-" + System.nanoTime(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
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
