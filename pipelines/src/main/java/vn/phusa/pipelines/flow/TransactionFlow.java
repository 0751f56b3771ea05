package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.model.SourceRecord;

/** States of payments, polled or captured, into fact_transactions. */
public final class TransactionFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private TransactionFlow(FlowTarget target) {
    super(target);
  }

  public static TransactionFlow to(FlowTarget target) {
    return new TransactionFlow(target);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed =
        records.apply("Cleanse transactions", CleanseTransactions.with(target.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseTransactions.MAIN)
            .apply(
                "Write fact_transactions",
                target.counted(WriteRows.transactions(target.warehouse(), target.rules())));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(cleansed.get(CleanseTransactions.DEAD_LETTERS), written.get(WriteRows.REJECTED)));
  }
}
