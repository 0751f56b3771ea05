package vn.phusa.pipelines;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.StreamSettings;
import vn.phusa.pipelines.deadletter.KeepDeadLetters;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.flow.RecordFlow;
import vn.phusa.pipelines.flow.Route;
import vn.phusa.pipelines.flow.SalesFlow;
import vn.phusa.pipelines.io.kafka.ConsumerGroup;
import vn.phusa.pipelines.io.kafka.decode.DecodeTopic;
import vn.phusa.pipelines.io.kafka.offsets.CommitOffsets;
import vn.phusa.pipelines.io.kafka.offsets.RenewOffsets;
import vn.phusa.pipelines.io.kafka.source.ReadTopic;
import vn.phusa.pipelines.io.kafka.source.StartPosition;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.dimension.RekeyPeriodically;
import vn.phusa.pipelines.io.warehouse.ledger.HousekeepPeriodically;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseIdentity;
import vn.phusa.transforms.model.TopicRecord;

/**
 * The event topics into the warehouse, and from there into Kafka and Redis, with the same flows as
 * batch. Each topic has a branch of its own, which neither waits for the others nor holds back
 * their offsets; {@link Route} says which flow serves which.
 */
public final class StreamEvents {
  public static final String COMMAND = "stream";

  private final FlowContext to;
  private final StreamSettings settings;
  private final boolean committingAtCheckpoints;

  private StreamEvents(FlowContext to, StreamSettings settings, boolean committingAtCheckpoints) {
    this.to = to;
    this.settings = settings;
    this.committingAtCheckpoints = committingAtCheckpoints;
  }

  public static StreamEvents of(FlowContext to, StreamSettings settings) {
    return new StreamEvents(to, settings, false);
  }

  /**
   * Lets the runner's checkpoints commit the topics' offsets, as is right on Flink; otherwise they
   * are committed after the sinks have written, as is right on the DirectRunner.
   */
  public StreamEvents committingAtCheckpoints() {
    return new StreamEvents(to, settings, true);
  }

  /**
   * The topics that are read, each of which is a step in etl_step.
   *
   * @throws InvalidOptionException if one was named that there is no way for
   */
  public static List<String> topics(StreamSettings settings) {
    Set<String> named = settings.topics();
    List<String> known = Route.ofTopics().stream().map(Route::topic).toList();
    for (String topic : named) {
      if (!known.contains(topic)) {
        throw new InvalidOptionException(
            "topics",
            String.format(Locale.ROOT, "\"%s\" is none of %s", topic, String.join(", ", known)));
      }
    }
    return known.stream().filter(topic -> named.isEmpty() || named.contains(topic)).toList();
  }

  /** Those that are written. */
  public static List<String> topicsWritten(StreamSettings settings) {
    return topics(settings).contains(Route.SALES_EVENTS.topic())
        ? List.of(SalesFlow.SALES_PROCESSED, KeepDeadLetters.DEAD_LETTERS)
        : List.of(KeepDeadLetters.DEAD_LETTERS);
  }

  /**
   * Puts the pipeline together, and finds out where it begins.
   *
   * @throws InvalidOptionException if the consumer group is another warehouse's
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer, or refuses
   * @throws SQLException if the warehouse does not say which it is
   */
  public void build(Pipeline pipeline) throws SQLException {
    List<String> topics = topics(settings);
    ConsumerGroup group =
        ConsumerGroup.find(to.kafka(), settings.consumerGroup(), warehouse(), topics);
    Route.ofTopics().stream()
        .filter(route -> topics.contains(route.topic()))
        .forEach(route -> follow(pipeline, route, group));
    if (!settings.endsNow()) {
      pipeline.apply("Rekey facts", RekeyPeriodically.in(to.warehouse()));
      pipeline.apply("Keep house", HousekeepPeriodically.of(to.warehouse(), settings.retention()));
      if (!committingAtCheckpoints) {
        pipeline.apply("Renew offsets", RenewOffsets.of(to.kafka(), group, topics));
      }
    }
  }

  private String warehouse() throws SQLException {
    try (Connection connection = Postgres.open(to.warehouse())) {
      return WarehouseIdentity.of(connection);
    }
  }

  private void follow(Pipeline pipeline, Route route, ConsumerGroup group) {
    String topic = route.topic();
    PCollection<TopicRecord> read = pipeline.apply("Read " + topic, source(topic, group));
    PCollectionTuple decoded = read.apply("Decode " + topic, route.decode(to.kafka()));
    PCollectionTuple kept =
        decoded.get(DecodeTopic.MAIN).apply("Load " + topic, route.flow(to, topic));
    PCollection<Long> deadLetters =
        kept.apply(
            "Keep dead letters of " + topic,
            KeepDeadLetters.to(to, topic).with(decoded.get(DecodeTopic.DEAD_LETTERS)));
    if (!committingAtCheckpoints) {
      read.apply(
          "Commit offsets of " + topic,
          CommitOffsets.after(
              to.kafka(), topic, group, List.of(kept.get(RecordFlow.WRITTEN), deadLetters)));
    }
  }

  private ReadTopic source(String topic, ConsumerGroup group) {
    ReadTopic read =
        ReadTopic.of(to.kafka(), topic, group).from(StartPosition.of(settings.start()));
    if (settings.endsNow()) {
      read = read.untilPresent();
    }
    return committingAtCheckpoints ? read.committingAtCheckpoints() : read;
  }
}
