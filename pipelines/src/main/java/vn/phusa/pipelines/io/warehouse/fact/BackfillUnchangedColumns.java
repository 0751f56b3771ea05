package vn.phusa.pipelines.io.warehouse.fact;

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
import vn.phusa.pipelines.io.postgres.RetriedQueries;
import vn.phusa.transforms.errors.StorableText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Gives captured rows of a fact the values that their change did not carry: a change leaves out a
 * long text that it left as it was, and a fact, unlike a dimension, keeps no history to take it
 * from. They are those of an earlier change that came by here, or of the row that is stored. To be
 * put before the cleansing, so that what is derived from them is derived as ever.
 *
 * <p>It relies on the order of the changes of one key, which a topic keeps that is keyed by it. The
 * sink may still hold the change before, since bundles of two steps do not end together: so the
 * last changes are remembered here. A change of which nothing is known stays as it came: an absent
 * field reads as null. Only texts can be left out in practice, so numbers and times are not looked
 * up.
 */
public final class BackfillUnchangedColumns
    extends PTransform<PCollection<SourceRecord>, PCollection<SourceRecord>> {
  private static final long serialVersionUID = 1L;
  static final TupleTag<SourceRecord> COMPLETE = new TupleTag<>("complete") {};

  /** More rows than this step, those after it and the sink can hold between them. */
  private static final int RECENT_ROWS = 50_000;

  private final DatabaseAddress warehouse;
  private final StoredTexts texts;

  private BackfillUnchangedColumns(DatabaseAddress warehouse, StoredTexts texts) {
    this.warehouse = warehouse;
    this.texts = texts;
  }

  /** Captured orders, from fact_sales. */
  public static BackfillUnchangedColumns orders(DatabaseAddress warehouse) {
    return new BackfillUnchangedColumns(warehouse, StoredTexts.SALES);
  }

  /** Captured payments, from fact_transactions. */
  public static BackfillUnchangedColumns transactions(DatabaseAddress warehouse) {
    return new BackfillUnchangedColumns(warehouse, StoredTexts.TRANSACTIONS);
  }

  @Override
  public PCollection<SourceRecord> expand(PCollection<SourceRecord> captured) {
    return captured
        .apply(
            "Look up columns",
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
    private transient RecentTexts recent;

    CompleteRowsFn(DatabaseAddress warehouse, StoredTexts texts) {
      this.warehouse = warehouse;
      this.texts = texts;
    }

    @Setup
    public void setup() {
      queries = new RetriedQueries(warehouse);
      recent = new RecentTexts(RECENT_ROWS);
    }

    @Override
    protected void handle(List<SourceRecord> records, Outputs out) throws SQLException {
      TreeSet<String> incomplete = new TreeSet<>();
      List<SourceRecord> captured = new ArrayList<>();
      for (SourceRecord record : records) {
        if (texts.isIncomplete(record) && isStorable(record.value(texts.key()))) {
          incomplete.add(record.value(texts.key()));
        }
        if (isCaptured(record)) {
          captured.add(record);
        } else {
          out.output(COMPLETE, record);
        }
      }
      Map<String, Map<String, String>> stored =
          incomplete.isEmpty()
              ? Map.of()
              : queries.ask(connection -> texts.read(connection, incomplete));
      captured.sort(Comparator.comparing(CompleteRowsFn::stamp, ChangeStamp.ORDER));
      for (SourceRecord record : captured) {
        String key = record.value(texts.key());
        Map<String, String> known = new HashMap<>(stored.getOrDefault(key, Map.of()));
        known.putAll(recent.of(key));
        out.output(COMPLETE, texts.completed(record, known));
        recent.remember(key, stamp(record), known);
      }
    }

    /** No row has a key that is not, PostgreSQL refuses the question, and the cleansing the key. */
    private static boolean isStorable(String key) {
      return StorableText.problem(key) == null;
    }

    private static ChangeStamp stamp(SourceRecord record) {
      long micros = record.getOrderedMicros();
      return ChangeStamp.captured(micros, micros, record.getCommitLsn(), record.getCommitIndex());
    }

    private boolean isCaptured(SourceRecord record) {
      return record.getCommitLsn() != null
          && record.getOrderedMicros() != null
          && record.getOperation() == Operation.UPSERT
          && record.value(texts.key()) != null;
    }

    @Teardown
    public void teardown() {
      if (queries != null) {
        queries.close();
      }
    }
  }
}
