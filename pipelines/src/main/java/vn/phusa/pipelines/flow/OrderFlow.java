package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCount;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.fact.BackfillUnchangedColumns;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.enrichment.OrdersOfAuthority;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.model.SourceRecord;

/** States of order lines, polled, staged or captured, into fact_sales. */
public final class OrderFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private final boolean backfilling;
  private final transient @Nullable PCollection<Sale> removedLines;

  private OrderFlow(
      FlowTarget target, boolean backfilling, @Nullable PCollection<Sale> removedLines) {
    super(target);
    this.backfilling = backfilling;
    this.removedLines = removedLines;
  }

  public static OrderFlow to(FlowTarget target) {
    return new OrderFlow(target, false, null);
  }

  /**
   * Gives each record the columns that it left out because they did not change, as captured changes
   * do.
   */
  public OrderFlow backfillingUnchangedColumns() {
    return new OrderFlow(target, true, removedLines);
  }

  /**
   * Writes these deletes too: lines that newer states of their orders no longer have, which no
   * record is of.
   */
  public OrderFlow withRemovedLines(PCollection<Sale> deletes) {
    return new OrderFlow(target, backfilling, deletes);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed =
        backfilled(records).apply("Cleanse sales", CleanseSales.with(target.rules()));
    PCollectionTuple ofAuthority =
        withRemoved(cleansed.get(CleanseSales.MAIN))
            .apply("Select orders of authority", OrdersOfAuthority.by(target.rules()));
    PCollectionTuple skipped =
        ofAuthority
            .get(OrdersOfAuthority.SKIPPED)
            .apply(
                "Count orders of others",
                target.counted(WriteRows.counts(target.warehouse(), RowCount.SKIPPED)));
    PCollectionTuple enriched =
        ofAuthority
            .get(OrdersOfAuthority.MAIN)
            .apply("Enrich sales", EnrichSales.with(target.rules()));
    PCollectionTuple written =
        enriched
            .get(EnrichSales.MAIN)
            .apply("Write fact_sales", target.counted(WriteRows.sales(target.warehouse())));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN), skipped.get(WriteRows.WRITTEN)),
        List.of(
            cleansed.get(CleanseSales.DEAD_LETTERS),
            enriched.get(EnrichSales.DEAD_LETTERS),
            written.get(WriteRows.REJECTED)));
  }

  private PCollection<SourceRecord> backfilled(PCollection<SourceRecord> records) {
    return backfilling
        ? records.apply(
            "Backfill unchanged columns", BackfillUnchangedColumns.orders(target.warehouse()))
        : records;
  }

  private PCollection<Sale> withRemoved(PCollection<Sale> sales) {
    return removedLines == null
        ? sales
        : PCollectionList.of(sales)
            .and(removedLines)
            .apply("Merge removed lines", Flatten.pCollections());
  }
}
