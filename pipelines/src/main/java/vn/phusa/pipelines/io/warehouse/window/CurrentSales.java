package vn.phusa.pipelines.io.warehouse.window;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.pipelines.io.postgres.RetriedQueries;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.SourcePosition;

/**
 * The rows of fact_sales_realtime as they stand after sales were committed, for whoever reports
 * others of them.
 *
 * <p>A sale may have been stale, or be overtaken by another about the same order. So the row is
 * read again, and all sales about one order come to one worker, which reads and emits one after the
 * other: what it emits last about an order is what stands.
 */
public final class CurrentSales
    extends PTransform<PCollection<RealtimeSale>, PCollection<RealtimeSale>> {
  private static final long serialVersionUID = 1L;

  private static final int SHARDS = 64;
  private static final TupleTag<RealtimeSale> ROWS = new TupleTag<>("rows") {};

  private final DatabaseAddress warehouse;

  private CurrentSales(DatabaseAddress warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * @param warehouse where the sales were committed
   */
  public static CurrentSales in(DatabaseAddress warehouse) {
    return new CurrentSales(warehouse);
  }

  @Override
  public PCollection<RealtimeSale> expand(PCollection<RealtimeSale> committed) {
    return oneAfterTheOther(committed)
        .apply(
            "Read rows",
            ParDo.of(new CurrentSalesFn(warehouse)).withOutputTags(ROWS, TupleTagList.empty()))
        .get(ROWS)
        .setCoder(committed.getCoder());
  }

  /** The orders of sales by shard; those of one shard reach one worker at a time. */
  static PCollection<KV<Integer, Iterable<String>>> oneAfterTheOther(
      PCollection<RealtimeSale> committed) {
    return committed
        .apply("Order by shard", ParDo.of(new ByShardFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of()))
        .apply(
            "Trigger rows",
            Window.<KV<Integer, String>>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(org.joda.time.Duration.ZERO)
                // Else a pane's time is the end of time, and no watermark waits for it.
                .withTimestampCombiner(TimestampCombiner.EARLIEST)
                .discardingFiredPanes())
        .apply("Serialize shards", GroupByKey.create());
  }

  static final class ByShardFn extends DoFn<RealtimeSale, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element RealtimeSale sale, OutputReceiver<KV<Integer, String>> out) {
      String id = sale.getOrderId();
      out.output(KV.of(Math.floorMod(id.hashCode(), SHARDS), id));
    }
  }

  static final class CurrentSalesFn extends BundledFn<KV<Integer, Iterable<String>>, RealtimeSale> {
    private static final long serialVersionUID = 1L;

    private final DatabaseAddress warehouse;
    private transient RetriedQueries queries;

    CurrentSalesFn(DatabaseAddress warehouse) {
      this.warehouse = warehouse;
    }

    @Setup
    public void setup() {
      queries = new RetriedQueries(warehouse);
    }

    @Override
    protected void handle(List<KV<Integer, Iterable<String>>> shards, Outputs out)
        throws SQLException {
      TreeSet<String> ids = new TreeSet<>();
      shards.forEach(shard -> shard.getValue().forEach(ids::add));
      for (RealtimeSale row : queries.ask(connection -> rows(connection, ids))) {
        out.output(ROWS, row);
      }
    }

    @Teardown
    public void teardown() {
      if (queries != null) {
        queries.close();
      }
    }
  }

  /** The rows of these orders; an order that the database rejected has none. */
  static List<RealtimeSale> rows(Connection connection, TreeSet<String> ids) throws SQLException {
    List<RealtimeSale> rows = new ArrayList<>(ids.size());
    Array array = connection.createArrayOf("text", ids.toArray());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT order_id, customer_id, product_id, quantity, unit_price_usd, total_amount_usd,"
                + " coalesce(platform, 'Unknown'), payment_method, order_timestamp, city,"
                + " coalesce(region, 'Unknown'), total_amount_vnd, unit_price_vnd,"
                + " payment_method_local, is_tet_season, is_shopping_festival, in_windows,"
                + " processed_timestamp, change_ordered_at FROM fact_sales_realtime"
                + " WHERE order_id = ANY (?) AND order_timestamp IS NOT NULL ORDER BY order_id")) {
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(saleOf(row));
        }
      }
    } finally {
      array.free();
    }
    return rows;
  }

  private static RealtimeSale saleOf(ResultSet row) throws SQLException {
    long orderMicros = Objects.requireNonNull(MicrosText.get(row, 9), "order_timestamp");
    Long recorded = MicrosText.get(row, 19);
    return RealtimeSale.builder()
        .setSource("warehouse")
        .setPosition(SourcePosition.of("fact_sales_realtime", row.getString(1)).text())
        .setStamp(ChangeStamp.polled(recorded == null ? orderMicros : recorded))
        .setOrderId(row.getString(1))
        .setCustomerId(row.getString(2))
        .setProductId(row.getString(3))
        .setQuantity(row.getObject(4, Integer.class))
        .setUnitPriceUsd(row.getBigDecimal(5))
        .setTotalAmountUsd(row.getBigDecimal(6))
        .setPlatform(row.getString(7))
        .setPaymentMethod(row.getString(8))
        .setOrderMicros(orderMicros)
        .setCity(row.getString(10))
        .setRegion(row.getString(11))
        .setTotalAmountVnd(row.getBigDecimal(12))
        .setUnitPriceVnd(row.getBigDecimal(13))
        .setPaymentMethodLocal(row.getString(14))
        .setTetSeason(row.getObject(15, Boolean.class))
        .setShoppingFestival(row.getObject(16, Boolean.class))
        .setTooLate(!row.getBoolean(17))
        .setProcessedMicros(MicrosText.get(row, 18))
        .build();
  }
}
