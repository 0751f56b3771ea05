package vn.phusa.pipelines.flow;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import vn.phusa.pipelines.io.kafka.sink.WriteTopic;
import vn.phusa.pipelines.io.redis.LiveWindows;
import vn.phusa.pipelines.io.redis.WriteWindows;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.window.CurrentSales;
import vn.phusa.pipelines.io.warehouse.window.TouchedWindows;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.enrichment.RealtimeSales;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.RealtimeSaleJson;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.windows.DebounceWindows;
import vn.phusa.transforms.windows.SalesWindows;

/**
 * Sales events into fact_sales_realtime, and from there into the topic sales_processed and the
 * five-minute windows.
 *
 * <p>Offsets do not wait for the windows: a start without any state shows all that are alive.
 */
public final class SalesFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  /** Where others learn of sales. */
  public static final String SALES_PROCESSED = "sales_processed";

  private static final TupleTag<RealtimeSale> COMMITTED = new TupleTag<>("committed") {};

  private final FlowContext to;

  private SalesFlow(FlowContext to, String step) {
    super(to.target(step));
    this.to = to;
  }

  /**
   * @param step the step's name in etl_step, which rows are counted for
   */
  public static SalesFlow to(FlowContext to, String step) {
    return new SalesFlow(to, step);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> events) {
    PCollectionTuple cleansed = events.apply("Cleanse sales", CleanseSales.with(target.rules()));
    PCollectionTuple enriched =
        cleansed.get(CleanseSales.MAIN).apply("Enrich sales", EnrichSales.with(target.rules()));
    PCollectionTuple sales =
        enriched
            .get(EnrichSales.MAIN)
            .apply(
                "Convert to realtime sales",
                RealtimeSales.in(SalesWindows.withAllowedLateness(to.allowedLateness())));
    PCollectionTuple written =
        sales
            .get(RealtimeSales.MAIN)
            .apply(
                "Write fact_sales_realtime",
                target
                    .counted(WriteRows.realtimeSales(target.warehouse(), target.rules()))
                    .emittingCommitted(COMMITTED));
    PCollectionTuple touched =
        written.get(COMMITTED).apply("Find touched windows", TouchedWindows.in(target.warehouse()));
    showWindows(touched.get(TouchedWindows.WINDOWS));
    return outcome(
            List.of(written.get(WriteRows.WRITTEN), reportToOthers(written.get(COMMITTED))),
            List.of(
                cleansed.get(CleanseSales.DEAD_LETTERS),
                enriched.get(EnrichSales.DEAD_LETTERS),
                sales.get(RealtimeSales.DEAD_LETTERS),
                written.get(WriteRows.REJECTED)))
        .and(REPORTED, touched.get(TouchedWindows.TOO_LATE));
  }

  private void showWindows(PCollection<Long> touched) {
    touched
        .apply("Debounce windows", DebounceWindows.everyMinute().withDelay(to.windowDelay()))
        .apply(
            "Show windows",
            WriteWindows.of(target.warehouse(), to.redis()).withTimeToLive(to.windowTimeToLive()));
    if (touched.isBounded() == IsBounded.UNBOUNDED) {
      LiveWindows alive = LiveWindows.of(target.warehouse(), to.redis(), to.windowTimeToLive());
      touched
          .getPipeline()
          .apply(
              "Show live windows of " + target.step().step(),
              to.ends() ? alive.onlyAtStart() : alive);
    }
  }

  private PCollection<Long> reportToOthers(PCollection<RealtimeSale> committed) {
    return committed
        .apply("Read current sales", CurrentSales.in(target.warehouse()))
        .apply("Convert to JSON", ParDo.of(new SaleToJsonFn()))
        .setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
        .apply("Write " + SALES_PROCESSED, WriteTopic.of(to.kafka(), SALES_PROCESSED));
  }

  /** Keyed by the order, so that compaction keeps what stands. */
  private static final class SaleToJsonFn extends DoFn<RealtimeSale, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element RealtimeSale sale, OutputReceiver<KV<byte[], byte[]>> out) {
      out.output(
          KV.of(
              sale.getOrderId().getBytes(StandardCharsets.UTF_8),
              RealtimeSaleJson.of(sale).getBytes(StandardCharsets.UTF_8)));
    }
  }
}
