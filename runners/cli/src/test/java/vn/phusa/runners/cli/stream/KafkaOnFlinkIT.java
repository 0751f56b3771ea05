package vn.phusa.runners.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.pipelines.io.kafka.source.ReadTopic;
import vn.phusa.pipelines.io.kafka.source.StartPosition;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.jobs.flink.ProcessFlink;
import vn.phusa.transforms.model.TopicRecord;

/** Reading Kafka on Flink's local mode: offsets, ends, and time that passes in silence. */
@WithEmbeddedServices
@Timeout(600)
class KafkaOnFlinkIT {
  private static final Duration TIMEOUT = Deadline.scaled(Duration.ofMinutes(2));
  private static final String STOP = "stop";
  private static final Queue<String> WRITTEN = new ConcurrentLinkedQueue<>();
  private static volatile CountDownLatch gate = new CountDownLatch(0);

  @Test
  void aBoundedReadEndsByItself(EmbeddedKafka kafka) {
    kafka.createTopic("flink_bounded", 3, Duration.ofDays(1));
    send(kafka, "flink_bounded", 0, "a", "b");
    send(kafka, "flink_bounded", 1, "c");
    WRITTEN.clear();
    Pipeline pipeline = Pipeline.create(options(false));
    pipeline
        .apply(
            ReadTopic.of(address(kafka), "flink_bounded", group(kafka, "flink_bounded"))
                .from(StartPosition.EARLIEST)
                .untilPresent())
        .apply("Write", ParDo.of(new WriteFn()));
    pipeline.run().waitUntilFinish();
    assertThat(WRITTEN).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void offsetsAreCommittedWhenACheckpointHasWhatTheSinkWrote(EmbeddedKafka kafka) throws Exception {
    String topic = "flink_commit";
    kafka.createTopic(topic, 2, Duration.ofDays(1));
    send(kafka, topic, 0, "a", "b", "c");
    WRITTEN.clear();
    gate = new CountDownLatch(1);
    Pipeline pipeline = Pipeline.create(options(true));
    pipeline
        .apply(
            ReadTopic.of(address(kafka), topic, group(kafka, topic))
                .from(StartPosition.EARLIEST)
                .committingAtCheckpoints()
                .withIdle(Duration.ofSeconds(1)))
        .apply("Write", ParDo.of(new WriteFn()))
        .apply("Windows", Window.into(FixedWindows.of(org.joda.time.Duration.standardSeconds(1))))
        .apply("Count", Count.perElement())
        .apply("Window written", ParDo.of(new CountFn()));
    Thread job = new Thread(() -> runUntilStopped(pipeline), topic);
    job.setDaemon(true);
    job.start();
    assertThat(committed(kafka, topic, 0).offset()).isZero();
    await()
        .during(Duration.ofSeconds(5))
        .atMost(TIMEOUT)
        .until(() -> committed(kafka, topic, 0).offset() == 0);
    gate.countDown();
    OffsetAndMetadata all = new OffsetAndMetadata(3, "phusa warehouse tests");
    await().atMost(TIMEOUT).until(() -> committed(kafka, topic, 0).equals(all));
    assertThat(WRITTEN).contains("a", "b", "c");
    // Partition 1 is empty and must not keep the windows from closing.
    await()
        .atMost(TIMEOUT)
        .until(
            () -> WRITTEN.stream().filter(text -> text.startsWith("1 in a window")).count() == 3);
    send(kafka, topic, 1, STOP);
    job.join(TIMEOUT.toMillis());
    assertThat(job.isAlive()).isFalse();
  }

  /**
   * Each text is its record's offset, so what was written can be compared with what is committed.
   */
  @Test
  void aLogThatGrowsWhileItIsReadIsCommittedAsFarAsItWasRead(EmbeddedKafka kafka) throws Exception {
    String topic = "flink_growing";
    kafka.createTopic(topic, 1, Duration.ofDays(1));
    AtomicLong sent = new AtomicLong();
    AtomicBoolean producing = new AtomicBoolean(true);
    Thread producer =
        new Thread(
            () -> {
              while (producing.get()) {
                send(kafka, topic, 0, next(sent), next(sent), next(sent));
              }
            },
            "producer");
    producer.start();
    WRITTEN.clear();
    long before = 0;
    try {
      for (int run = 0; run < 3; run++) {
        long least = before + 100;
        await().atMost(TIMEOUT).until(() -> sent.get() > least);
        Pipeline pipeline = Pipeline.create(options(true));
        pipeline
            .apply(
                ReadTopic.of(address(kafka), topic, group(kafka, topic))
                    .from(StartPosition.EARLIEST)
                    .untilPresent()
                    .committingAtCheckpoints())
            .apply("Write", ParDo.of(new WriteFn()));
        pipeline.run().waitUntilFinish();
        long committed = committed(kafka, topic, 0).offset();
        assertThat(committed).isGreaterThan(before);
        assertThat(WRITTEN)
            .containsExactlyInAnyOrderElementsOf(
                LongStream.range(0, committed).mapToObj(Long::toString).toList());
        before = committed;
      }
    } finally {
      producing.set(false);
      producer.join(TIMEOUT.toMillis());
    }
    assertThat(before).isLessThan(sent.get());
  }

  private static String next(AtomicLong sent) {
    return Long.toString(sent.getAndIncrement());
  }

  private static void runUntilStopped(Pipeline pipeline) {
    try {
      pipeline.run().waitUntilFinish();
    } catch (RuntimeException stopped) {
      assertThat(stopped).hasStackTraceContaining(STOP);
    }
  }

  private static FlinkPipelineOptions options(boolean checkpoints) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    ProcessFlink.use(options);
    options.setStreaming(true);
    options.setParallelism(2);
    options.setNumberOfExecutionRetries(0);
    if (checkpoints) {
      options.setCheckpointingInterval(500L);
    }
    return options;
  }

  private static KafkaAddress address(EmbeddedKafka kafka) {
    return new KafkaAddress(kafka.bootstrapServers(), kafka.properties(), null);
  }

  private static void send(EmbeddedKafka kafka, String topic, int partition, String... texts) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            address(kafka).resolve(), new StringSerializer(), new StringSerializer())) {
      for (String text : texts) {
        var unused = producer.send(new ProducerRecord<>(topic, partition, null, text));
      }
      producer.flush();
    }
  }

  /** A group that is named as the topic that it reads. */
  private static ConsumerGroup group(EmbeddedKafka kafka, String topic) {
    return ConsumerGroup.find(address(kafka), topic, "tests", List.of(topic));
  }

  private static OffsetAndMetadata committed(EmbeddedKafka kafka, String topic, int partition) {
    Map<String, Object> settings = address(kafka).resolve();
    settings.put("group.id", topic);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition asked = new TopicPartition(topic, partition);
      return consumer.committed(Set.of(asked)).get(asked);
    }
  }

  static final class WriteFn extends DoFn<TopicRecord, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) throws InterruptedException {
      gate.await();
      String text = new String(context.element().getValue(), StandardCharsets.UTF_8);
      if (text.equals(STOP)) {
        throw new IllegalStateException(STOP);
      }
      WRITTEN.add(text);
      context.output(text);
    }
  }

  static final class CountFn extends DoFn<KV<String, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(ProcessContext context) {
      WRITTEN.add(context.element().getValue() + " in a window: " + context.element().getKey());
    }
  }
}
