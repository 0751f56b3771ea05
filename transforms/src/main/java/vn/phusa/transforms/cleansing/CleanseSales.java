package vn.phusa.transforms.cleansing;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/**
 * Makes sales (order lines, not yet enriched) from the records of a source. Every record comes out
 * once, under {@link #MAIN} or as a dead letter.
 */
public final class CleanseSales extends PTransform<PCollection<SourceRecord>, PCollectionTuple> {

  public static final TupleTag<Sale> MAIN = new TupleTag<>("sales") {};
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead-letters") {};

  private static final long serialVersionUID = 1L;

  private final Rules rules;

  private CleanseSales(Rules rules) {
    this.rules = rules;
  }

  public static CleanseSales with(Rules rules) {
    return new CleanseSales(rules);
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceRecord> records) {
    return records.apply(
        "Cleanse lines",
        ParDo.of(new CleanseFn<>(Stage.CLEANSE_SALES, rules, SaleCleanser::new, MAIN, DEAD_LETTERS))
            .withOutputTags(MAIN, TupleTagList.of(DEAD_LETTERS)));
  }
}
