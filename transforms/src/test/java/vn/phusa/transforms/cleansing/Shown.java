package vn.phusa.transforms.cleansing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.CustomerChanges;
import vn.phusa.transforms.scd.Derivation;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.ProductChanges;

/** What stands in a dimension of a record alone, by column. */
final class Shown {
  private Shown() {}

  static Map<String, @Nullable String> customer(SourceRecord record, Rules rules)
      throws RejectedException {
    return shown(
        CustomerChanges.changeOf(new CustomerCleanser().cleanse(record)).getChange(),
        DimensionSpec.CUSTOMER,
        new CustomerDerivation(rules));
  }

  static Map<String, @Nullable String> product(SourceRecord record, Rules rules)
      throws RejectedException {
    return shown(
        ProductChanges.changeOf(new ProductCleanser(rules).cleanse(record)).getChange(),
        DimensionSpec.PRODUCT,
        new ProductDerivation(rules));
  }

  /** As a history does it, which needs an attribute that opens a version. */
  private static Map<String, @Nullable String> shown(
      Change change, DimensionSpec dimension, Derivation rules) {
    String[] values = change.getValues().toArray(new String[0]);
    long[] saidAt = new long[values.length];
    Arrays.setAll(
        saidAt, i -> change.carries(i) ? change.getStamp().getModifiedMicros() : Derivation.NEVER);
    rules.derive(values, saidAt);
    Map<String, @Nullable String> shown = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      shown.put(dimension.attributes().get(i).column(), values[i]);
    }
    return shown;
  }
}
