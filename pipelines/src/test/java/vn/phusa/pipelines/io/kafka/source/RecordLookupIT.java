package vn.phusa.pipelines.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.KafkaClients;
import vn.phusa.pipelines.io.kafka.TestTopic;
import vn.phusa.pipelines.io.kafka.TopicCheck;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Topics that are looked for, and single records of one. */
@WithEmbeddedServices
class RecordLookupIT {

  @Test
  void whatTheTopicStillHasIsFoundWithItsTime(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "past", 2)) {
      topic.sendNumbers(0, 0, 5_000);
      long lately = System.currentTimeMillis() - 3_600_000;
      topic.send(1, lately, "one".getBytes(StandardCharsets.UTF_8));
      try (Admin admin = KafkaClients.admin(topic.address())) {
        admin
            .deleteRecords(
                Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(10)))
            .all()
            .get(30, TimeUnit.SECONDS);
      }
      Map<String, String> found = new TreeMap<>();
      try (RecordLookup past = new RecordLookup(topic.address())) {
        past.read(
                topic.name(),
                Map.of(0, Set.of(9L, 10L, 4_999L, 5_001L), 1, Set.of(0L), 7, Set.of(0L)))
            .forEach(
                (position, record) ->
                    found.put(position, new String(record.getValue(), StandardCharsets.UTF_8)));
        assertThat(past.read(topic.name(), Map.of(1, Set.of(0L))).values())
            .singleElement()
            .satisfies(record -> assertThat(record.getTimestampMicros()).isEqualTo(lately * 1_000));
      }
      assertThat(found)
          .isEqualTo(
              Map.of(
                  topic.name() + "/0/10", "10",
                  topic.name() + "/0/4999", "4999",
                  topic.name() + "/1/0", "one"));
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamed(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "there", 1)) {
      KafkaAddress address = topic.address();

      assertThatThrownBy(
              () ->
                  TopicCheck.require(
                      address, List.of(topic.name(), "nowhere"), IllegalStateException::new))
          .hasMessage("there is no topic nowhere");
      assertThatCode(
              () -> TopicCheck.require(address, List.of(topic.name()), IllegalStateException::new))
          .doesNotThrowAnyException();
    }
  }
}
