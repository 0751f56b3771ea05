package vn.phusa.pipelines.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.TopicRecord;

/** Whose offsets a group's are, and where it begins. */
@WithEmbeddedServices
@Timeout(120)
class ConsumerGroupIT {

  @Test
  void aGroupOfAnotherWarehouseIsRefused(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "owned", 1);
        TestTopic other = TestTopic.create(kafka, "owned_not", 1)) {
      ConsumerGroup mine = find(topic, "owned", "one");
      assertThat(mine.isNew()).isTrue();
      begin(topic, mine);

      assertThatThrownBy(() -> find(topic, "owned", "two"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageStartingWith("--consumerGroup: owned is how far another warehouse has read ")
          .hasMessageContaining(topic.name());
      assertThat(find(topic, "owned", "one").isNew()).isFalse();
      // What another reads of other topics is not in the way.
      assertThat(find(other, "owned", "two").isNew()).isFalse();
    }
  }

  @Test
  void whatNamesNoWarehouseIsTakenOver(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "unowned", 2)) {
      topic.sendNumbers(0, 1, 3);
      topic.commit("unowned", 0, 1, "");
      topic.commit("unowned", 1, 0, "of another program");

      begin(topic, find(topic, "unowned", "one"));

      assertThat(topic.commit("unowned", 0))
          .isEqualTo(new OffsetAndMetadata(1, "phusa warehouse one"));
      assertThat(topic.commit("unowned", 1))
          .isEqualTo(new OffsetAndMetadata(0, "phusa warehouse one"));
    }
  }

  @Test
  void everyCommitNamesTheWarehouse(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "named", 1)) {
      topic.sendNumbers(0, 1, 3);
      ConsumerGroup group = find(topic, "named", "one");
      Pipeline pipeline = Pipeline.create();
      PCollection<TopicRecord> records = pipeline.apply(read(topic, group).untilPresent());
      records.apply(CommitOffsets.after(topic.address(), topic.name(), group, List.of(records)));
      // Other words than those of the start, which names it too.
      topic.commit("named", 0, 0, "");

      pipeline.run().waitUntilFinish();

      assertThat(topic.commit("named", 0))
          .isEqualTo(new OffsetAndMetadata(3, "phusa warehouse one"));
    }
  }

  private static ConsumerGroup find(TestTopic topic, String id, String warehouse) {
    return ConsumerGroup.find(topic.address(), id, warehouse, List.of(topic.name()));
  }

  private static ReadTopic read(TestTopic topic, ConsumerGroup group) {
    return ReadTopic.of(topic.address(), topic.name(), group).from(StartPosition.EARLIEST);
  }

  /** What a start does to the group before anything is read. */
  private static void begin(TestTopic topic, ConsumerGroup group) {
    Pipeline.create().apply(read(topic, group));
  }
}
