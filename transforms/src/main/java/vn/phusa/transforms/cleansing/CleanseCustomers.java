package vn.phusa.transforms.cleansing;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.Customer;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/**
 * Makes customers from the records of a source. Every record comes out once, under {@link #MAIN} or
 * as a dead letter.
 */
public final class CleanseCustomers
    extends PTransform<PCollection<SourceRecord>, PCollectionTuple> {

  public static final TupleTag<Customer> MAIN = new TupleTag<>("customers") {};
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead-letters") {};

  private static final long serialVersionUID = 1L;

  private final Rules rules;

  private CleanseCustomers(Rules rules) {
    this.rules = rules;
  }

  public static CleanseCustomers with(Rules rules) {
    return new CleanseCustomers(rules);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    return records.apply(
        "Cleanse customers",
        ParDo.of(
                new CleanseFn<>(
                    Stage.CLEANSE_CUSTOMERS,
                    rules,
                    unusedRules -> new CustomerCleanser(),
                    MAIN,
                    DEAD_LETTERS))
            .withOutputTags(MAIN, TupleTagList.of(DEAD_LETTERS)));
  }
}
