package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.fact.BackfillUnchangedColumns;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.model.SourceRecord;

/** States of payments, polled or captured, into fact_transactions. */
public final class TransactionFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private final boolean backfilling;

  private TransactionFlow(FlowTarget target, boolean backfilling) {
    super(target);
    this.backfilling = backfilling;
  }

  public static TransactionFlow to(FlowTarget target) {
    return new TransactionFlow(target, false);
  }

  /**
   * Gives each record the columns that it left out because they did not change, as captured changes
   * do.
   */
  public TransactionFlow backfillingUnchangedColumns() {
    return new TransactionFlow(target, true);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed =
        backfilled(records).apply("Cleanse transactions", CleanseTransactions.with(target.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseTransactions.MAIN)
            .apply(
                "Write fact_transactions",
                target.counted(WriteRows.transactions(target.warehouse())));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(cleansed.get(CleanseTransactions.DEAD_LETTERS), written.get(WriteRows.REJECTED)));
  }

  private PCollection<SourceRecord> backfilled(PCollection<SourceRecord> records) {
    return backfilling
        ? records.apply(
            "Backfill unchanged columns", BackfillUnchangedColumns.transactions(target.warehouse()))
        : records;
  }
}
