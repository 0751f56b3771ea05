package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.fact.BackfillUnchangedColumns;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.model.SourceRecord;

/** Captured changes of payments into fact_transactions. */
public final class TransactionFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private TransactionFlow(FlowContext to, String step) {
    super(to, step);
  }

  public static TransactionFlow to(FlowContext to, String step) {
    return new TransactionFlow(to, step);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> changes) {
    PCollectionTuple cleansed =
        changes
            .apply("Complete", BackfillUnchangedColumns.transactions(to.warehouse()))
            .apply("Cleanse", CleanseTransactions.with(to.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseTransactions.MAIN)
            .apply(
                "Write fact_transactions",
                WriteRows.transactions(to.warehouse()).countedAsReadFor(counted()));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(cleansed.get(CleanseTransactions.DEAD_LETTERS), written.get(WriteRows.REFUSED)));
  }
}
