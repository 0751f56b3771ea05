package vn.phusa.runners.flink.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;

/**
 * Counts 0, 1, 2, ... by their rest, and keeps for each rest how many there were and their sum in a
 * table. The numbers of one rest come from one split of the source, in order: whenever one looks,
 * (how many, sum) is that of the first numbers of the rest, unless one was lost or counted twice.
 */
public final class CountingPipeline {
  static final int RESTS = 20;
  static final String TABLE =
      "CREATE TABLE totals (rest int PRIMARY KEY, numbers bigint NOT NULL, total bigint NOT NULL)";
  private static final int A_SECOND = 1_000;

  private CountingPipeline() {}

  /** A client's main method. */
  public static void main(String[] arguments) {
    WarehouseOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(WarehouseOptions.class);
    DatabaseAddress address = DatabaseAddress.warehouse(options).orElseThrow();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Numbers", GenerateSequence.from(0).withRate(A_SECOND, Duration.standardSeconds(1)))
        .apply("By rest", ParDo.of(new RestFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()))
        .apply("Totals", ParDo.of(new TotalsFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), KvCoder.of(VarLongCoder.of(), VarLongCoder.of())))
        .apply("Keep totals", ParDo.of(new KeepFn(address)));
    pipeline.run();
  }

  static final class RestFn extends DoFn<Long, KV<Integer, Long>> {
    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<Integer, Long>> out) {
      out.output(KV.of((int) (number % RESTS), number));
    }
  }

  static final class TotalsFn extends DoFn<KV<Integer, Long>, KV<Integer, KV<Long, Long>>> {
    @StateId("numbers")
    private final StateSpec<ValueState<Long>> numbersSpec = StateSpecs.value(VarLongCoder.of());

    @StateId("total")
    private final StateSpec<ValueState<Long>> totalSpec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Integer, Long> number,
        @StateId("numbers") ValueState<Long> numbers,
        @StateId("total") ValueState<Long> total,
        OutputReceiver<KV<Integer, KV<Long, Long>>> out) {
      long count = orZero(numbers.read()) + 1;
      long sum = orZero(total.read()) + number.getValue();
      numbers.write(count);
      total.write(sum);
      out.output(KV.of(number.getKey(), KV.of(count, sum)));
    }

    private static long orZero(Long value) {
      return value == null ? 0 : value;
    }
  }

  /** Writes absolute values, so that a bundle may come again. */
  static final class KeepFn extends DoFn<KV<Integer, KV<Long, Long>>, Void> {
    private static final String UPSERT =
        "INSERT INTO totals VALUES (?, ?, ?) ON CONFLICT (rest) DO UPDATE"
            + " SET numbers = excluded.numbers, total = excluded.total";

    private final DatabaseAddress address;
    private transient Map<Integer, KV<Long, Long>> latest;

    KeepFn(DatabaseAddress address) {
      this.address = address;
    }

    @StartBundle
    public void startBundle() {
      latest = new TreeMap<>();
    }

    @ProcessElement
    public void process(@Element KV<Integer, KV<Long, Long>> row) {
      latest.put(row.getKey(), row.getValue());
    }

    @FinishBundle
    public void finishBundle() throws SQLException {
      try (Connection connection = Postgres.open(address);
          PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
        for (Map.Entry<Integer, KV<Long, Long>> row : latest.entrySet()) {
          upsert.setInt(1, row.getKey());
          upsert.setLong(2, row.getValue().getKey());
          upsert.setLong(3, row.getValue().getValue());
          upsert.addBatch();
        }
        upsert.executeBatch();
      }
    }
  }
}
