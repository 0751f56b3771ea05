package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.step.RowCount;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.fact.BackfillUnchangedColumns;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.enrichment.OrdersOfAuthority;
import vn.phusa.transforms.model.SourceRecord;

/** Captured changes of order lines into fact_sales. */
public final class OrderFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private OrderFlow(FlowContext to, String step) {
    super(to, step);
  }

  public static OrderFlow to(FlowContext to, String step) {
    return new OrderFlow(to, step);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> changes) {
    PCollectionTuple cleansed =
        changes
            .apply("Complete", BackfillUnchangedColumns.orders(to.warehouse()))
            .apply("Cleanse", CleanseSales.with(to.rules()));
    PCollectionTuple ofAuthority =
        cleansed
            .get(CleanseSales.MAIN)
            .apply("Orders of authority", OrdersOfAuthority.by(to.rules()));
    PCollectionTuple counted =
        ofAuthority
            .get(OrdersOfAuthority.SKIPPED)
            .apply(
                "Count orders of others",
                WriteRows.counts(to.warehouse(), RowCount.SKIPPED).countedAsReadFor(counted()));
    PCollectionTuple enriched =
        ofAuthority.get(OrdersOfAuthority.MAIN).apply("Enrich", EnrichSales.with(to.rules()));
    PCollectionTuple written =
        enriched
            .get(EnrichSales.MAIN)
            .apply("Write fact_sales", WriteRows.sales(to.warehouse()).countedAsReadFor(counted()));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN), counted.get(WriteRows.WRITTEN)),
        List.of(
            cleansed.get(CleanseSales.DEAD_LETTERS),
            enriched.get(EnrichSales.DEAD_LETTERS),
            written.get(WriteRows.REFUSED)));
  }
}
