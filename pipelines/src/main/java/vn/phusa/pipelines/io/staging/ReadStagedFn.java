package vn.phusa.pipelines.io.staging;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.ledger.SourceRowCount;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.mapping.StagedKind;
import vn.phusa.transforms.mapping.StagedWithSides;
import vn.phusa.transforms.model.SourcePosition;
import vn.phusa.transforms.model.StagedRecord;

/** Reads the documents of a range, and those that belong to them, in one query a collection. */
final class ReadStagedFn extends DoFn<StagedRange, StagedWithSides> {
  private static final long serialVersionUID = 1L;

  private final MongoAddress staging;
  private final DatabaseAddress warehouse;
  private final StagedKind kind;
  private final StepId step;
  private transient @Nullable StagedReader reader;

  ReadStagedFn(MongoAddress staging, DatabaseAddress warehouse, StagedKind kind, StepId step) {
    this.staging = staging;
    this.warehouse = warehouse;
    this.kind = kind;
    this.step = step;
  }

  @Setup
  public void setup() {
    reader = StagedReader.open(staging);
  }

  @ProcessElement
  public void process(ProcessContext context) throws SQLException {
    StagedRange range = context.element();
    List<Document> documents = reader.documents(kind.collection(), range.getKeys());
    List<StagedRecord> records = new ArrayList<>();
    for (Document document : documents) {
      try {
        records.add(StagedDocuments.record(document));
      } catch (RejectedException e) {
        context.output(ReadStaged.REJECTED, rejected(document, e));
      }
    }
    Map<String, Map<String, StagedRecord>> sides = new HashMap<>();
    kind.sides().forEach((name, collection) -> sides.put(name, sides(collection, records)));
    for (StagedRecord record : records) {
      Map<String, StagedRecord> own = new LinkedHashMap<>();
      sides.forEach(
          (name, byId) -> {
            StagedRecord side = byId.get(record.getId());
            if (side != null) {
              own.put(name, side);
            }
          });
      context.output(StagedWithSides.create(record, own));
    }
    SourceRowCount.write(warehouse, step, range.getPart(), documents.size());
  }

  /** The documents of a collection that belong to the records, by their id. */
  private Map<String, StagedRecord> sides(String collection, List<StagedRecord> records) {
    List<String> keys =
        records.stream()
            .flatMap(record -> StagedPlan.keys(kind.platform(), collection, record.getId()))
            .toList();
    Map<String, StagedRecord> sides = new HashMap<>();
    for (Document document : reader.documents(collection, keys)) {
      try {
        StagedRecord side = StagedDocuments.record(document);
        sides.put(side.getId(), side);
      } catch (RejectedException e) {
        // As if it were not staged: what it belongs to has what it can.
      }
    }
    return sides;
  }

  private DeadLetter rejected(Document document, RejectedException rejection) {
    return DeadLetter.of(
        Stage.READ_STAGED,
        kind.source(),
        SourcePosition.of(kind.collection(), String.valueOf(document.get(StagedDocuments.KEY)))
            .text(),
        rejection,
        Payload.ofText(document.toJson()));
  }

  @Teardown
  public void teardown() {
    if (reader != null) {
      reader.close();
    }
  }
}
