package vn.phusa.pipelines;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.StreamSettings;
import vn.phusa.pipelines.io.kafka.CommitOffsets;
import vn.phusa.pipelines.io.kafka.DecodeTopic;
import vn.phusa.pipelines.io.kafka.ReadTopic;
import vn.phusa.pipelines.io.kafka.StartPosition;
import vn.phusa.pipelines.io.postgres.SettleKeys;
import vn.phusa.pipelines.stream.CustomerFlow;
import vn.phusa.pipelines.stream.FlowContext;
import vn.phusa.pipelines.stream.InventoryFlow;
import vn.phusa.pipelines.stream.KeepLetters;
import vn.phusa.pipelines.stream.OrderFlow;
import vn.phusa.pipelines.stream.ProductFlow;
import vn.phusa.pipelines.stream.SalesFlow;
import vn.phusa.pipelines.stream.TopicFlow;
import vn.phusa.pipelines.stream.TransactionFlow;
import vn.phusa.transforms.model.TopicRecord;

/**
 * The event topics into the warehouse, and from there into Kafka and Redis, with the same
 * transforms as batch. Each topic has a branch of its own, which neither waits for the others nor
 * holds back their offsets.
 */
public final class StreamEvents {
  public static final String COMMAND = "stream";

  private static final String SALES = "sales_events";
  private static final Map<String, Branch> BRANCHES = branches();

  private final FlowContext to;
  private final StreamSettings settings;
  private final boolean committingAtCheckpoints;

  /** Puts the branch of a topic together. */
  private interface Branch {
    void build(StreamEvents stream, Pipeline pipeline, String topic);
  }

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
   * @throws InvalidOptionException if one was named that there is no branch for
   */
  public static List<String> topics(StreamSettings settings) {
    Set<String> named = settings.topics();
    named.stream()
        .filter(topic -> !BRANCHES.containsKey(topic))
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new InvalidOptionException(
                  "topics",
                  "\"%s\" is none of %s".formatted(unknown, String.join(", ", BRANCHES.keySet())));
            });
    return BRANCHES.keySet().stream()
        .filter(topic -> named.isEmpty() || named.contains(topic))
        .toList();
  }

  /** Those that are written. */
  public static List<String> topicsWritten(StreamSettings settings) {
    return topics(settings).contains(SALES)
        ? List.of(SalesFlow.SALES_PROCESSED, KeepLetters.DEAD_LETTERS)
        : List.of(KeepLetters.DEAD_LETTERS);
  }

  private static Map<String, Branch> branches() {
    Map<String, Branch> branches = new LinkedHashMap<>();
    branches.put(SALES, StreamEvents::sales);
    branches.put("customer_events", StreamEvents::customers);
    branches.put("inventory_events", StreamEvents::inventory);
    branches.put("cdc_customers", StreamEvents::capturedCustomers);
    branches.put("cdc_products", StreamEvents::capturedProducts);
    branches.put("cdc_orders", StreamEvents::capturedOrders);
    branches.put("cdc_transactions", StreamEvents::capturedTransactions);
    return branches;
  }

  /** Puts the pipeline together. */
  public void build(Pipeline pipeline) {
    topics(settings).forEach(topic -> BRANCHES.get(topic).build(this, pipeline, topic));
    if (!settings.endsNow()) {
      pipeline.apply("Settle keys", SettleKeys.in(to.warehouse()));
    }
  }

  private void sales(Pipeline pipeline, String topic) {
    SalesFlow flow = SalesFlow.to(to, topic);
    branch(
        pipeline,
        topic,
        DecodeTopic.sales(to.kafka()),
        settings.endsNow() ? flow.endingByItself() : flow);
  }

  private void customers(Pipeline pipeline, String topic) {
    branch(pipeline, topic, DecodeTopic.customers(), CustomerFlow.to(to, topic));
  }

  private void inventory(Pipeline pipeline, String topic) {
    branch(pipeline, topic, DecodeTopic.inventory(to.kafka()), InventoryFlow.to(to, topic));
  }

  private void capturedCustomers(Pipeline pipeline, String topic) {
    branch(pipeline, topic, DecodeTopic.captured("customers"), CustomerFlow.to(to, topic));
  }

  private void capturedProducts(Pipeline pipeline, String topic) {
    branch(pipeline, topic, DecodeTopic.captured("products"), ProductFlow.to(to, topic));
  }

  private void capturedOrders(Pipeline pipeline, String topic) {
    branch(pipeline, topic, DecodeTopic.captured("orders"), OrderFlow.to(to, topic));
  }

  private void capturedTransactions(Pipeline pipeline, String topic) {
    branch(pipeline, topic, DecodeTopic.captured("transactions"), TransactionFlow.to(to, topic));
  }

  private void branch(Pipeline pipeline, String topic, DecodeTopic decode, TopicFlow flow) {
    PCollection<TopicRecord> read = pipeline.apply("From " + topic, source(topic));
    PCollectionTuple decoded = read.apply("Decode " + topic, decode);
    PCollectionTuple kept = decoded.get(DecodeTopic.MAIN).apply("Keep " + topic, flow);
    PCollection<Long> letters =
        kept.apply(
            "Dead letters of " + topic,
            KeepLetters.to(to, topic).with(decoded.get(DecodeTopic.DEAD_LETTERS)));
    if (!committingAtCheckpoints) {
      read.apply(
          "Commit " + topic,
          CommitOffsets.after(
              to.kafka(),
              topic,
              settings.consumerGroup(),
              List.of(kept.get(TopicFlow.WRITTEN), letters)));
    }
  }

  private ReadTopic source(String topic) {
    ReadTopic read =
        ReadTopic.of(to.kafka(), topic, settings.consumerGroup())
            .from(StartPosition.of(settings.start()));
    if (settings.endsNow()) {
      read = read.untilPresent();
    }
    return committingAtCheckpoints ? read.committingAtCheckpoints() : read;
  }
}
