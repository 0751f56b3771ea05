package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.cleansing.CleanseCustomers;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.scd.CustomerChanges;
import vn.phusa.transforms.scd.DimensionSpec;

/** States of customers, polled, staged, captured or reported by events, into dim_customer. */
public final class CustomerFlow extends RecordFlow {
  private static final long serialVersionUID = 1L;

  private CustomerFlow(FlowTarget target) {
    super(target);
  }

  public static CustomerFlow to(FlowTarget target) {
    return new CustomerFlow(target);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    PCollectionTuple cleansed =
        records.apply("Cleanse customers", CleanseCustomers.with(target.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseCustomers.MAIN)
            .apply("Derive customer changes", CustomerChanges.of())
            .apply(
                "Write dim_customer",
                target.counted(WriteRows.dimension(target.warehouse(), DimensionSpec.CUSTOMER)));
    return outcome(
        List.of(written.get(WriteRows.WRITTEN)),
        List.of(cleansed.get(CleanseCustomers.DEAD_LETTERS), written.get(WriteRows.REJECTED)));
  }
}
