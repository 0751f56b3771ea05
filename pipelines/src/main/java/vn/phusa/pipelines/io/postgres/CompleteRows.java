package vn.phusa.pipelines.io.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Gives captured rows of a fact the values that their change did not carry: a change leaves out a
 * long text that it left as it was, and a fact, unlike a dimension, keeps no history to take it
 * from. They are those of the row that is stored, or of an earlier change in the same bundle. To be
 * put before the cleansing, so that what is derived from them is derived as ever.
 *
 * <p>It relies on the order of the changes of one key, which a topic keeps that is keyed by it, and
 * on a bundle being written before the next one begins, as in a fused stage of Flink. A change of
 * which nothing is stored stays as it came: an absent field reads as null. Only texts can be left
 * out in practice, so numbers and times are not looked up.
 */
public final class CompleteRows
    extends PTransform<PCollection<SourceRecord>, PCollection<SourceRecord>> {
  private static final long serialVersionUID = 1L;
  static final TupleTag<SourceRecord> COMPLETE = new TupleTag<>("complete") {};

  /** In the order in which the source committed them. */
  private static final Comparator<SourceRecord> COMMIT_ORDER =
      Comparator.comparing(SourceRecord::getOrderedMicros)
          .thenComparing(SourceRecord::getCommitLsn, Long::compareUnsigned)
          .thenComparingInt(SourceRecord::getCommitIndex);

  private final DatabaseAddress warehouse;
  private final StoredTexts texts;

  private CompleteRows(DatabaseAddress warehouse, StoredTexts texts) {
    this.warehouse = warehouse;
    this.texts = texts;
  }

  /** Captured orders, from fact_sales. */
  public static CompleteRows orders(DatabaseAddress warehouse) {
    return new CompleteRows(warehouse, StoredTexts.SALES);
  }

  /** Captured payments, from fact_transactions. */
  public static CompleteRows transactions(DatabaseAddress warehouse) {
    return new CompleteRows(warehouse, StoredTexts.TRANSACTIONS);
  }

  @Override
  public PCollection<SourceRecord> expand(PCollection<SourceRecord> captured) {
    return captured
        .apply(
            "Look up",
            ParDo.of(new CompleteRowsFn(warehouse, texts))
                .withOutputTags(COMPLETE, TupleTagList.empty()))
        .get(COMPLETE)
        .setCoder(captured.getCoder());
  }

  static final class CompleteRowsFn extends BundledFn<SourceRecord, SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final DatabaseAddress warehouse;
    private final StoredTexts texts;
    private transient RetriedQueries queries;

    CompleteRowsFn(DatabaseAddress warehouse, StoredTexts texts) {
      this.warehouse = warehouse;
      this.texts = texts;
    }

    @Setup
    public void setup() {
      queries = new RetriedQueries(warehouse);
    }

    @Override
    protected void handle(List<SourceRecord> records, Outputs out) throws SQLException {
      TreeSet<String> keys = new TreeSet<>();
      for (SourceRecord record : records) {
        if (texts.isIncomplete(record)) {
          keys.add(record.value(texts.key()));
        }
      }
      List<SourceRecord> captured = new ArrayList<>();
      for (SourceRecord record : records) {
        boolean concerned =
            record.getCommitLsn() != null
                && record.getOrderedMicros() != null
                && record.getOperation() == Operation.UPSERT
                && keys.contains(String.valueOf(record.value(texts.key())));
        if (concerned) {
          captured.add(record);
        } else {
          out.output(COMPLETE, record);
        }
      }
      if (captured.isEmpty()) {
        return;
      }
      Map<String, Map<String, String>> known =
          queries.ask(connection -> texts.read(connection, keys));
      captured.sort(COMMIT_ORDER);
      for (SourceRecord record : captured) {
        Map<String, String> values =
            known.computeIfAbsent(record.value(texts.key()), unknown -> new HashMap<>());
        out.output(COMPLETE, texts.completed(record, values));
      }
    }

    @Teardown
    public void teardown() {
      if (queries != null) {
        queries.close();
      }
    }
  }
}
