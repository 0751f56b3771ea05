package vn.phusa.pipelines.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.pipelines.io.kafka.TestTopic;
import vn.phusa.pipelines.io.kafka.offsets.CommitOffsets;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.transforms.model.TopicRecord;

/** Reading on the DirectRunner, whose reads are final before any later step has begun. */
@WithEmbeddedServices
@Timeout(600)
class ReadTopicIT {
  private static final Duration TIMEOUT = Deadline.scaled(Duration.ofMinutes(2));

  @Test
  void aBoundedReadEndsByItselfWhateverThePartitionsHold(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "uneven", 4)) {
      topic.sendNumbers(0, 1, 700);
      topic.sendNumbers(1, 1, 3);
      // Partition 2 stays empty; 3 ends in the marker of an aborted transaction.
      topic.send(3, "before");
      topic.sendInTransaction(3, "aborted", false);
      Map<Integer, Long> ends = topic.ends();
      assertThat(ends).containsEntry(3, 3L).containsEntry(2, 0L);
      topic.sendNumbers(0, 701, 800);

      Queue<String> seen = Sink.open("uneven");
      Pipeline pipeline = pipeline();
      pipeline
          .apply(ReadTopic.range(topic.address(), topic.name(), Map.of(), ends))
          .apply(ParDo.of(new Sink.WriteFn("uneven")));
      pipeline.run().waitUntilFinish();
      assertThat(seen).hasSize(704).contains("3/0 before").doesNotContain("3/1 aborted");
      assertThat(seen)
          .containsAll(
              IntStream.rangeClosed(1, 700).mapToObj(i -> "0/" + (i - 1) + " " + i).toList());
    }
  }

  @Test
  void aBoundedReadEndsInsideWhatATransactionLeftOut(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "gap", 1)) {
      topic.send(0, "a");
      topic.sendInTransaction(0, "aborted", false);
      topic.send(0, "b");

      Queue<String> seen = Sink.open("gap");
      Pipeline pipeline = pipeline();
      pipeline
          .apply(ReadTopic.range(topic.address(), topic.name(), Map.of(), Map.of(0, 2L)))
          .apply(ParDo.of(new Sink.WriteFn("gap")));
      pipeline.run().waitUntilFinish();
      assertThat(seen).containsExactly("0/0 a");
    }
  }

  @Test
  void nothingIsCommittedBeforeTheSinkHasWrittenIt(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "held", 2)) {
      topic.sendNumbers(0, 1, 50);
      Queue<String> seen = Sink.open("held");
      CountDownLatch gate = Sink.close("held");
      PipelineResult running = startCommitting(topic, "held", StartPosition.EARLIEST);
      try {
        // The first element waits in the sink. Later ones stay unwritten behind it for longer than
        // a commit would take.
        await().atMost(TIMEOUT).until(() -> Sink.isWaiting("held"));
        await()
            .during(Duration.ofSeconds(6))
            .atMost(TIMEOUT)
            .until(() -> topic.committed("held", 0) == 0);
        gate.countDown();
        await().atMost(TIMEOUT).until(() -> topic.committed("held", 0) == 50);
        assertThat(seen).hasSize(50);

        topic.sendNumbers(1, 51, 60);
        await().atMost(TIMEOUT).until(() -> topic.committed("held", 1) == 10);
        assertThat(seen).hasSize(60);
      } finally {
        running.cancel();
      }
    }
  }

  @Test
  void aStartAtLatestIsRememberedThoughNothingWasCommittedSince(EmbeddedKafka kafka)
      throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "latest", 1)) {
      topic.send(0, "old");
      Sink.open("latest");
      CountDownLatch gate = Sink.close("latest");
      PipelineResult first = startCommitting(topic, "latest", StartPosition.LATEST);
      await().atMost(TIMEOUT).until(() -> topic.committed("latest", 0) == 1);
      topic.send(0, "new");
      await().atMost(TIMEOUT).until(() -> Sink.isWaiting("latest"));
      first.cancel();
      gate.countDown();

      Queue<String> seen = Sink.open("latest");
      PipelineResult second = startCommitting(topic, "latest", StartPosition.LATEST);
      try {
        await().atMost(TIMEOUT).until(() -> seen.contains("0/1 new"));
        assertThat(seen).doesNotContain("0/0 old");
      } finally {
        second.cancel();
      }
    }
  }

  /** Flink never asks again where a source was split before Kafka had answered. */
  @Test
  void fromWhereToWhereIsFoundWhenThePipelineIsBuilt(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "built", 2)) {
      topic.send(0, "before");
      Queue<String> seen = Sink.open("built");
      Pipeline pipeline = pipeline();
      pipeline
          .apply(
              ReadTopic.of(topic.address(), topic.name(), topic.group("built"))
                  .from(StartPosition.EARLIEST)
                  .untilPresent())
          .apply(ParDo.of(new Sink.WriteFn("built")));
      assertThat(topic.committed("built", 0)).isZero();
      topic.send(0, "after");
      topic.send(1, "after");

      pipeline.run().waitUntilFinish();

      assertThat(seen).containsExactly("0/0 before");
    }
  }

  @Test
  void whatATransactionCommittedIsReadAndItsEndHoldsNothing(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "transaction", 1)) {
      topic.sendInTransaction(0, "kept", true);
      Queue<String> seen = Sink.open("transaction");
      PipelineResult running = startCommitting(topic, "transaction", StartPosition.EARLIEST);
      try {
        // The commit waits for the watermark, which the marker behind the record must not hold.
        await().atMost(TIMEOUT).until(() -> topic.committed("transaction", 0) >= 1);
        assertThat(seen).containsExactly("0/0 kept");
      } finally {
        running.cancel();
      }
    }
  }

  @Test
  void anInstantIsWhereAGroupWithoutOffsetsBegins(EmbeddedKafka kafka) throws Exception {
    try (TestTopic topic = TestTopic.create(kafka, "instant", 1)) {
      // Lately: what is older than the topic keeps may be gone at any time.
      Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
      for (int i = 0; i < 5; i++) {
        topic.send(
            0, begin.toEpochMilli() + i * 1_000L, ("t" + i).getBytes(StandardCharsets.UTF_8));
      }
      Queue<String> seen = Sink.open("instant");
      Pipeline pipeline = pipeline();
      PCollection<TopicRecord> records =
          pipeline.apply(
              ReadTopic.of(topic.address(), topic.name(), topic.group("instant"))
                  .from(StartPosition.at(begin.plusMillis(2_500)))
                  .untilPresent());
      PCollection<Long> written = records.apply(ParDo.of(new Sink.WriteFn("instant")));
      records.apply(
          CommitOffsets.after(
              topic.address(), topic.name(), topic.group("instant"), List.of(written)));
      pipeline.run().waitUntilFinish();
      assertThat(seen).containsExactlyInAnyOrder("0/3 t3", "0/4 t4");
      assertThat(topic.committed("instant", 0)).isEqualTo(5);
    }
  }

  private static PipelineResult startCommitting(
      TestTopic topic, String group, StartPosition position) {
    Pipeline pipeline = pipeline();
    PCollection<TopicRecord> records =
        pipeline.apply(
            ReadTopic.of(topic.address(), topic.name(), topic.group(group))
                .from(position)
                .withIdle(Duration.ofSeconds(2)));
    PCollection<Long> written = records.apply("Write", ParDo.of(new Sink.WriteFn(group)));
    records.apply(
        CommitOffsets.after(topic.address(), topic.name(), topic.group(group), List.of(written)));
    return pipeline.run();
  }

  private static Pipeline pipeline() {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setBlockOnRun(false);
    options.setTargetParallelism(3);
    return Pipeline.create(options);
  }

  /** A sink in this JVM that can be made to wait in the middle of a bundle. */
  static final class Sink {
    private static final Map<String, Queue<String>> WRITTEN = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();
    private static final Map<String, Boolean> WAITING = new ConcurrentHashMap<>();

    private Sink() {}

    static Queue<String> open(String name) {
      GATES.remove(name);
      WAITING.remove(name);
      Queue<String> written = new ConcurrentLinkedQueue<>();
      WRITTEN.put(name, written);
      return written;
    }

    static CountDownLatch close(String name) {
      CountDownLatch gate = new CountDownLatch(1);
      GATES.put(name, gate);
      return gate;
    }

    static boolean isWaiting(String name) {
      return WAITING.containsKey(name);
    }

    /** Writes each element as "partition/offset text". */
    static final class WriteFn extends DoFn<TopicRecord, Long> {
      private static final long serialVersionUID = 1L;
      private final String name;

      WriteFn(String name) {
        this.name = name;
      }

      @ProcessElement
      public void process(ProcessContext context) throws InterruptedException {
        Queue<String> written = WRITTEN.get(name);
        CountDownLatch gate = GATES.get(name);
        if (gate != null) {
          WAITING.put(name, true);
          gate.await();
        }
        TopicRecord record = context.element();
        written.add(
            record.getPartition()
                + "/"
                + record.getOffset()
                + " "
                + new String(record.getValue(), StandardCharsets.UTF_8));
        context.output(1L);
      }
    }
  }
}
