package vn.phusa.pipelines.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.pipelines.io.kafka.TestTopic;
import vn.phusa.pipelines.io.kafka.offsets.CommitOffsets;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.transforms.model.TopicRecord;

/** One partition has much to read, and another of the same reader nothing. */
@WithEmbeddedServices
@Timeout(600)
class UnevenPartitionsIT {
  private static final int BACKLOG = 30_000;
  private static final Duration TIMEOUT = Deadline.scaled(Duration.ofMinutes(2));

  /** The end of a transaction holds no record, so that no poll brings it. */
  @Test
  void aBoundedReadEndsThoughTheOtherPartitionHasMore(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "ends", 2)) {
      topic.sendInTransaction(1, "kept", true);
      topic.sendNumbers(0, 1, BACKLOG);
      // Few records a poll, so that each of many brings some.
      Map<String, String> properties = new HashMap<>(topic.address().properties());
      properties.put("max.partition.fetch.bytes", "20000");
      KafkaAddress address = new KafkaAddress(topic.address().bootstrapServers(), properties, null);
      ReadSettings settings =
          new ReadSettings(
              address,
              topic.name(),
              null,
              StartPosition.EARLIEST,
              Map.of(),
              Map.of(0, 1L, 1, 2L),
              false,
              false,
              Duration.ofSeconds(1));
      try (var reader =
          TopicSource.of(settings, OffsetRange.find(settings))
              .createReader(PipelineOptionsFactory.create(), null)) {
        int taken = reader.start() ? 1 : 0;
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (taken < 2) {
          assertThat(Instant.now()).isBefore(deadline);
          taken += reader.advance() ? 1 : 0;
        }
        for (int poll = 0; poll < 2; poll++) {
          assertThat(reader.advance()).isFalse();
        }

        assertThat(reader.getWatermark()).isEqualTo(BoundedWindow.TIMESTAMP_MAX_VALUE);
      }
    }
  }

  /**
   * The DirectRunner opens readers anew all the time, each of which must let time pass. Of the
   * three that it has at least, one has the partitions 0 and 3.
   */
  @Test
  void aBacklogIsCommittedBitByBit(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "backlog", 4)) {
      long begin = Instant.now().minus(1, ChronoUnit.HOURS).toEpochMilli();
      topic.sendNumbers(0, 1, BACKLOG, number -> begin + number * 100L);
      Queue<String> seen = ReadTopicIT.Sink.open("backlog");
      ConsumerGroup group = topic.group("backlog");
      Pipeline pipeline = pipeline();
      PCollection<TopicRecord> records =
          pipeline.apply(
              ReadTopic.of(topic.address(), topic.name(), group).from(StartPosition.EARLIEST));
      PCollection<Long> written =
          records.apply("Write", ParDo.of(new ReadTopicIT.Sink.WriteFn("backlog")));
      records.apply(CommitOffsets.after(topic.address(), topic.name(), group, List.of(written)));
      PipelineResult running = pipeline.run();
      try {
        await().atMost(TIMEOUT).until(() -> topic.committed("backlog", 0) > 0);
        assertThat(seen).hasSizeLessThan(BACKLOG);
      } finally {
        running.cancel();
      }
    }
  }

  private static Pipeline pipeline() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setBlockOnRun(false);
    options.setTargetParallelism(1);
    return Pipeline.create(options);
  }
}
