package vn.phusa.pipelines.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.pipelines.io.kafka.offsets.CommitOffsets;
import vn.phusa.pipelines.io.kafka.offsets.RenewOffsets;
import vn.phusa.pipelines.io.kafka.source.GroupStart;
import vn.phusa.pipelines.io.kafka.source.ReadTopic;
import vn.phusa.pipelines.io.kafka.source.StartPosition;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.TopicRecord;

/** Whose offsets a group's are, and where it begins. */
@WithEmbeddedServices
@Timeout(600)
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

  @Test
  void whatWasNotReadAndIsGoneIsReported(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "gone", 2)) {
      topic.sendNumbers(0, 1, 10);
      topic.sendNumbers(1, 1, 10);
      topic.commit("gone", 0, 2, "");
      topic.commit("gone", 1, 9, "");
      topic.forgetBefore(0, 7);
      topic.forgetBefore(1, 9);

      List<String> told = told(() -> begin(topic, find(topic, "gone", "one")));

      assertThat(told)
          .containsExactly(
              "Up to 5 records that group gone had not read are gone, since the topic keeps them no"
                  + " longer: {"
                  + topic.name()
                  + "-0=5}");
      assertThat(topic.committed("gone", 0)).isEqualTo(7);
      assertThat(topic.committed("gone", 1)).isEqualTo(9);
      assertThat(told(() -> begin(topic, find(topic, "gone", "one")))).isEmpty();
    }
  }

  @Test
  void aTopicThatAKnownGroupKnowsNothingOfIsReported(EmbeddedKafka kafka) throws Exception {
    try (TestTopic known = TestTopic.create(kafka, "known", 1);
        TestTopic forgotten = TestTopic.create(kafka, "forgotten", 1)) {
      assertThat(told(() -> begin(known, find(known, "forgetting", "one")))).isEmpty();

      assertThat(told(() -> begin(forgotten, find(forgotten, "forgetting", "one"))))
          .containsExactly(
              "Group forgetting has committed offsets, but none of ["
                  + forgotten.name()
                  + "-0]: they are new to it, or Kafka forgot the offsets."
                  + " They are read from --startPosition (earliest)");
    }
  }

  @Test
  void aPartitionThatAKnownTopicsGroupKnowsNothingOfIsReportedAndReadWhole(EmbeddedKafka kafka)
      throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "partly", 2)) {
      topic.sendNumbers(1, 1, 10);
      topic.commit("partly", 0, 0, "");

      List<String> told =
          told(
              () ->
                  Pipeline.create()
                      .apply(read(topic, find(topic, "partly", "one")).from(StartPosition.LATEST)));

      assertThat(told)
          .containsExactly(
              "Group partly has committed offsets, but none of ["
                  + topic.name()
                  + "-1]: they are new to it, or Kafka forgot the offsets."
                  + " They are read from their beginning");
      assertThat(topic.committed("partly", 1)).isZero();
    }
  }

  @Test
  void aNewGroupThatReadsSeveralTopicsIsNotWarned(EmbeddedKafka kafka) throws Exception {
    try (TestTopic first = TestTopic.create(kafka, "first", 1);
        TestTopic second = TestTopic.create(kafka, "second", 1)) {
      ConsumerGroup group = find(first, "fresh", "one");

      assertThat(
              told(
                  () -> {
                    begin(first, group);
                    begin(second, group);
                  }))
          .isEmpty();
    }
  }

  /** Else Kafka forgets them after some days; the metadata show that there was a commit. */
  @Test
  void offsetsAreRenewedWithoutAnyRecord(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "renewed", 3)) {
      topic.sendNumbers(0, 1, 9);
      ConsumerGroup group = find(topic, "renewed", "one");
      topic.commit("renewed", 0, 5, "");
      topic.commit("renewed", 1, 0, "");

      Pipeline pipeline = Pipeline.create();
      PCollection<Long> renewed =
          pipeline
              .apply(Create.of(0L, 1L))
              .apply(
                  ParDo.of(
                      new RenewOffsets.RenewFn(topic.address(), group, List.of(topic.name()))));
      PAssert.that(renewed).containsInAnyOrder(2L);
      pipeline.run().waitUntilFinish();

      assertThat(topic.commit("renewed", 0))
          .isEqualTo(new OffsetAndMetadata(5, "phusa warehouse one"));
      assertThat(topic.commit("renewed", 1))
          .isEqualTo(new OffsetAndMetadata(0, "phusa warehouse one"));
      assertThat(topic.commit("renewed", 2)).isNull();
    }
  }

  private static List<String> told(Runnable start) {
    Logger logger = (Logger) LoggerFactory.getLogger(GroupStart.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    try {
      start.run();
    } finally {
      logger.detachAppender(appender);
    }
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
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
