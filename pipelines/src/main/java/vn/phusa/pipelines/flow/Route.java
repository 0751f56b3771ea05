package vn.phusa.pipelines.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.decode.DecodeTopic;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourcePosition;

/**
 * The ways of records to where they are kept: those of the event topics, and those of rows of
 * polled tables and staging, which come back from dead letters.
 */
public enum Route {
  SALES_EVENTS("sales_events", DecodeTopic::sales, SalesFlow::to),
  CUSTOMER_EVENTS("customer_events", kafka -> DecodeTopic.customers(), CustomerFlow::to),
  INVENTORY_EVENTS("inventory_events", DecodeTopic::inventory, InventoryFlow::to),
  CDC_CUSTOMERS("cdc_customers", kafka -> DecodeTopic.captured("customers"), CustomerFlow::to),
  CDC_PRODUCTS("cdc_products", kafka -> DecodeTopic.captured("products"), ProductFlow::to),
  CDC_ORDERS("cdc_orders", kafka -> DecodeTopic.captured("orders"), OrderFlow::to),
  CDC_TRANSACTIONS(
      "cdc_transactions", kafka -> DecodeTopic.captured("transactions"), TransactionFlow::to),
  CUSTOMER_ROWS(CustomerFlow::to, Stage.CLEANSE_CUSTOMERS, Stage.write("dim_customer")),
  PRODUCT_ROWS(ProductFlow::to, Stage.CLEANSE_PRODUCTS, Stage.write("dim_product")),
  ORDER_ROWS(OrderFlow::to, Stage.CLEANSE_SALES, Stage.ENRICH_SALES, Stage.write("fact_sales")),
  TRANSACTION_ROWS(
      TransactionFlow::to, Stage.CLEANSE_TRANSACTIONS, Stage.write("fact_transactions"));

  private final @Nullable String topic;
  private final @Nullable Function<KafkaAddress, DecodeTopic> decoding;
  private final BiFunction<FlowContext, String, RecordFlow> flow;

  /** The steps that reject rows of it. */
  private final List<Stage> stages;

  Route(
      String topic,
      Function<KafkaAddress, DecodeTopic> decoding,
      BiFunction<FlowContext, String, RecordFlow> flow) {
    this.topic = topic;
    this.decoding = decoding;
    this.flow = flow;
    this.stages = List.of();
  }

  Route(
      String topic,
      Function<KafkaAddress, DecodeTopic> decoding,
      Function<FlowTarget, RecordFlow> flow) {
    this(topic, decoding, (to, step) -> flow.apply(to.target(step)));
  }

  Route(Function<FlowTarget, RecordFlow> flow, Stage... stages) {
    this.topic = null;
    this.decoding = null;
    this.flow = (to, step) -> flow.apply(to.target(step));
    this.stages = List.of(stages);
  }

  /** Those of topics. */
  public static List<Route> ofTopics() {
    return Arrays.stream(values()).filter(Route::isOfTopic).toList();
  }

  /**
   * The way that a dead letter goes when it is sent through again; empty where it holds too little
   * to go any.
   *
   * @param stage the step that rejected it
   * @param position where in its source the record stands
   */
  public static Optional<Route> ofDeadLetter(Stage stage, SourcePosition position) {
    String topic = position.inTopic().map(SourcePosition.InTopic::topic).orElse(null);
    return Arrays.stream(values())
        .filter(
            route -> route.topic == null ? route.stages.contains(stage) : route.topic.equals(topic))
        .findFirst();
  }

  public boolean isOfTopic() {
    return topic != null;
  }

  /**
   * The topic's name, which is that of its step in etl_step too.
   *
   * @throws IllegalStateException for what is of no topic
   */
  public String topic() {
    if (topic == null) {
      throw new IllegalStateException(name() + " is of no topic");
    }
    return topic;
  }

  /**
   * How the topic's bytes are understood.
   *
   * @throws IllegalStateException for what is of no topic
   */
  public DecodeTopic decode(KafkaAddress kafka) {
    if (decoding == null) {
      throw new IllegalStateException(name() + " is of no topic");
    }
    return decoding.apply(kafka);
  }

  /**
   * What becomes of the records once they are understood.
   *
   * @param step the step's name in etl_step, which rows are counted for
   */
  public RecordFlow flow(FlowContext to, String step) {
    return flow.apply(to, step);
  }
}
