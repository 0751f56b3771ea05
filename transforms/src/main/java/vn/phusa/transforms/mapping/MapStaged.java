package vn.phusa.transforms.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.StagedRecord;

/**
 * Makes records of the common form from staged ones of one kind. Every staged record comes out
 * once, under {@link #MAPPED} or as a dead letter with the platform's payload.
 */
public final class MapStaged extends PTransform<PCollection<StagedWithSides>, PCollectionTuple> {

  /**
   * A column of every record that comes out: the platform's payload, so that dead letters of later
   * steps have it too.
   */
  public static final String PAYLOAD = "payload";

  /** The records: one for a product or a buyer, one for each line of an order. */
  public static final TupleTag<SourceRecord> MAIN = new TupleTag<>("records") {};

  /** For each staged record that was mapped, how many records it became; 0: there was nothing. */
  public static final TupleTag<Integer> MAPPED = new TupleTag<>("mapped") {};

  /** What the orders among them have of lines, where they report all of them. */
  public static final TupleTag<OrderLines> ORDERS = new TupleTag<>("orders") {};

  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("dead-letters") {};

  private static final long serialVersionUID = 1L;

  private final StagedKind kind;
  private final HashMap<String, String> categories;

  private MapStaged(StagedKind kind, HashMap<String, String> categories) {
    this.kind = kind;
    this.categories = categories;
  }

  public static MapStaged of(StagedKind kind) {
    return new MapStaged(kind, new HashMap<>());
  }

  /** With the platform's category names by their ids. */
  public MapStaged withCategories(Map<String, String> names) {
    return new MapStaged(kind, new HashMap<>(names));
  }

  @Override
  public PCollectionTuple expand(PCollection<StagedWithSides> staged) {
    return staged.apply(
        "Map documents",
        ParDo.of(new MapStagedFn(kind, categories))
            .withOutputTags(MAIN, TupleTagList.of(MAPPED).and(ORDERS).and(DEAD_LETTERS)));
  }

  static final class MapStagedFn extends DoFn<StagedWithSides, SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final StagedKind kind;
    private final HashMap<String, String> categories;
    private transient StagedMapper mapper;

    MapStagedFn(StagedKind kind, HashMap<String, String> categories) {
      this.kind = kind;
      this.categories = categories;
    }

    @Setup
    public void setup() {
      mapper = new StagedMapper(kind, categories);
    }

    @ProcessElement
    public void process(@Element StagedWithSides staged, MultiOutputReceiver out) {
      List<SourceRecord> records;
      long modified;
      try {
        records = mapper.map(staged);
        modified = StagedMapper.modified(staged);
      } catch (RejectedException e) {
        StagedRecord record = staged.getRecord();
        out.get(DEAD_LETTERS)
            .output(
                DeadLetter.of(
                    Stage.MAP_STAGED,
                    kind.source(),
                    StagedMapper.position(kind, record).text(),
                    e,
                    Payload.ofText(record.getPayload())));
        return;
      }
      out.get(MAPPED).output(records.size());
      records.forEach(out.get(MAIN)::output);
      OrderLines lines =
          OrderLines.of(
              kind, StagedMapper.position(kind, staged.getRecord()).text(), records, modified);
      if (lines != null) {
        out.get(ORDERS).output(lines);
      }
    }
  }
}
