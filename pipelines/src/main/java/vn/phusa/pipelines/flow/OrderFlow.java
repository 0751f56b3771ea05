package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.model.SourceRecord;

/** States of order lines, polled, staged or captured, into fact_sales. */
public final class OrderFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable PCollection<Sale> removedLines;

  private OrderFlow(FlowTarget target, @Nullable PCollection<Sale> removedLines) {
    super(target);
    this.removedLines = removedLines;
  }

  public static OrderFlow to(FlowTarget target) {
    return new OrderFlow(target, null);
  }

  /**
   * Writes these deletes too: lines that newer states of their orders no longer have, which no
   * record is of.
   */
  public OrderFlow withRemovedLines(PCollection<Sale> deletes) {
    return new OrderFlow(target, deletes);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed = records.apply("Cleanse sales", CleanseSales.with(target.rules()));
    PCollectionTuple enriched =
        withRemoved(cleansed.get(CleanseSales.MAIN))
            .apply("Enrich sales", EnrichSales.with(target.rules()));
    PCollectionTuple written =
        enriched
            .get(EnrichSales.MAIN)
            .apply(
                "Write fact_sales",
                target.counted(WriteRows.sales(target.warehouse(), target.rules())));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(
            cleansed.get(CleanseSales.DEAD_LETTERS),
            enriched.get(EnrichSales.DEAD_LETTERS),
            written.get(WriteRows.REJECTED)));
  }

  private PCollection<Sale> withRemoved(PCollection<Sale> sales) {
    return removedLines == null
        ? sales
        : PCollectionList.of(sales)
            .and(removedLines)
            .apply("Merge removed lines", Flatten.pCollections());
  }
}
