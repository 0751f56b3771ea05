package vn.phusa.runners.bench.byhand;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.utils.ParameterTool;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcSink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.SinkFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import vn.phusa.runners.jobs.flink.ProcessFlink;
import vn.phusa.transforms.rules.Rules;

/** sales_events into fact_sales_realtime, sales_processed and Redis, until it is killed. */
public final class SalesJob {
  private static final Duration LATENESS = Duration.ofHours(1);
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final long EARLY_MILLIS = 60_000;

  private final ParameterTool arguments;

  private SalesJob(ParameterTool arguments) {
    this.arguments = arguments;
  }

  public static void main(String[] arguments) throws Exception {
    ParameterTool given = ParameterTool.fromArgs(arguments);
    StreamExecutionEnvironment environment = ProcessFlink.environment();
    environment.setParallelism(given.getInt("parallelism"));
    environment.enableCheckpointing(given.getLong("checkpointMillis"));
    environment.getConfig().enableObjectReuse();
    new SalesJob(given).describe(environment);
    environment.execute("sales by hand");
  }

  private void describe(StreamExecutionEnvironment environment) throws IOException {
    WatermarkStrategy<SaleOrDeadLetter> times =
        WatermarkStrategy.<SaleOrDeadLetter>forBoundedOutOfOrderness(OUT_OF_ORDER)
            .withTimestampAssigner(
                (event, kafkaMillis) ->
                    event.sale() == null ? kafkaMillis : event.sale().getOrderMicros() / 1_000)
            .withIdleness(IDLE);
    SingleOutputStreamOperator<SaleRow> sales =
        environment
            .fromSource(source(), times, "sales_events")
            .process(new SplitFn())
            .name("split");

    sales.addSink(table()).name("fact_sales_realtime");
    sales.getSideOutput(SplitFn.PROCESSED).sinkTo(topic("sales_processed")).name("processed");
    sales.getSideOutput(SplitFn.DEAD_LETTERS).sinkTo(topic("dead_letters")).name("dead letters");
    sales
        .filter(row -> !row.tooLate)
        .map(SaleAmount::new)
        .returns(SaleAmount.class)
        .keyBy(SaleAmount::key)
        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(5)))
        .allowedLateness(LATENESS)
        .trigger(new EarlyTrigger(EARLY_MILLIS))
        .aggregate(new WindowSum.Of(), new ShownWindow.Of())
        .addSink(new RedisWindows(arguments.get("redis")))
        .name("windows");
  }

  private KafkaSource<SaleOrDeadLetter> source() throws IOException {
    return KafkaSource.<SaleOrDeadLetter>builder()
        .setBootstrapServers(arguments.get("kafka"))
        .setTopics("sales_events")
        .setGroupId(arguments.get("group"))
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new SaleDeserializer(Rules.defaults(), LATENESS))
        .setProperties(login())
        .setProperty("max.poll.records", "2000")
        .setProperty("max.partition.fetch.bytes", Integer.toString(4 << 20))
        .build();
  }

  private SinkFunction<SaleRow> table() throws IOException {
    return JdbcSink.sink(
        SaleUpsert.SQL,
        new SaleUpsert(),
        JdbcExecutionOptions.builder()
            .withBatchSize(5_000)
            .withBatchIntervalMs(1_000)
            .withMaxRetries(5)
            .build(),
        new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
            .withUrl(arguments.get("jdbc") + "?reWriteBatchedInserts=true")
            .withDriverName("org.postgresql.Driver")
            .withUsername(arguments.get("user"))
            .withPassword(Files.readString(Path.of(arguments.get("passwordFile"))).strip())
            .build());
  }

  private Properties login() throws IOException {
    Properties login = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(arguments.get("kafkaProperties")))) {
      login.load(file);
    }
    return login;
  }

  private KafkaSink<Tuple2<byte[], byte[]>> topic(String name) throws IOException {
    Properties properties = login();
    properties.setProperty("linger.ms", "5");
    properties.setProperty("compression.type", "lz4");
    properties.setProperty("batch.size", Integer.toString(128 << 10));
    return KafkaSink.<Tuple2<byte[], byte[]>>builder()
        .setBootstrapServers(arguments.get("kafka"))
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<Tuple2<byte[], byte[]>>builder()
                .setTopic(name)
                .setKeySerializationSchema((Tuple2<byte[], byte[]> record) -> record.f0)
                .setValueSerializationSchema((Tuple2<byte[], byte[]> record) -> record.f1)
                .build())
        .build();
  }
}
