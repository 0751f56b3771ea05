package vn.phusa.pipelines.flow;

import java.util.List;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.transforms.cleansing.CleanseCustomers;
import vn.phusa.transforms.cleansing.CustomerDerivation;
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
    WriteDimension write =
        WriteDimension.of(
            target,
            DimensionSpec.CUSTOMER.derivedBy(new CustomerDerivation(target.rules())),
            cleansed
                .get(CleanseCustomers.MAIN)
                .apply("Derive customer changes", CustomerChanges.of()));
    return outcome(
        List.of(write.written()), write.rejectedAfter(cleansed.get(CleanseCustomers.DEAD_LETTERS)));
  }
}
