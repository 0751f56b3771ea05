package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.cleansing.CleanseCustomers;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.scd.CustomerChanges;
import vn.phusa.transforms.scd.DimensionSpec;

/** States of customers, told by events or captured, into dim_customer. */
public final class CustomerFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private CustomerFlow(FlowContext to, String step) {
    super(to, step);
  }

  public static CustomerFlow to(FlowContext to, String step) {
    return new CustomerFlow(to, step);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed = records.apply("Cleanse", CleanseCustomers.with(to.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseCustomers.MAIN)
            .apply("Changes", CustomerChanges.of())
            .apply(
                "Write dim_customer",
                WriteRows.dimension(to.warehouse(), DimensionSpec.CUSTOMER)
                    .countedAsReadFor(counted()));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(cleansed.get(CleanseCustomers.DEAD_LETTERS), written.get(WriteRows.REFUSED)));
  }
}
