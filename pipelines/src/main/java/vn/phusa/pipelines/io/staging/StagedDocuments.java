package vn.phusa.pipelines.io.staging;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.StagedRecord;

/**
 * A staged record as a document: {_id: "platform:kind:id", platform, id, updated_at, extracted_at,
 * run_id, payload}. Times are dates, to the millisecond; updated_at is null where the platform does
 * not say.
 */
public final class StagedDocuments {
  public static final String KEY = "_id";
  public static final String PLATFORM = "platform";
  public static final String ID = "id";
  public static final String UPDATED = "updated_at";
  public static final String EXTRACTED = "extracted_at";
  public static final String RUN = "run_id";
  public static final String PAYLOAD = "payload";

  private static final long MICROS = 1000;

  private StagedDocuments() {}

  public static Document of(StagedRecord record) {
    return new Document(KEY, record.key())
        .append(PLATFORM, record.getPlatform())
        .append(ID, record.getId())
        .append(UPDATED, date(record.getUpdatedMicros()))
        .append(EXTRACTED, date(record.getExtractedMicros()))
        .append(RUN, record.getRunId())
        .append(PAYLOAD, record.getPayload());
  }

  /**
   * The record of a document, whoever wrote it.
   *
   * @throws RejectedException if it is no staged record; names the field
   */
  public static StagedRecord record(Document document) throws RejectedException {
    String[] key = required(document, KEY, String.class).split(":", 3);
    return StagedRecord.create(
        required(document, PLATFORM, String.class),
        key.length == 3 ? key[1] : "",
        required(document, ID, String.class),
        document.get(UPDATED) instanceof Date updated ? micros(updated) : null,
        micros(required(document, EXTRACTED, Date.class)),
        String.valueOf(document.get(RUN)),
        required(document, PAYLOAD, String.class));
  }

  /** A time of our records as a document holds it. */
  static @Nullable Date date(@Nullable Long micros) {
    return micros == null ? null : Date.from(Instant.ofEpochMilli(Math.floorDiv(micros, MICROS)));
  }

  private static long micros(Date date) {
    return date.getTime() * MICROS;
  }

  private static <T> T required(Document document, String field, Class<T> type)
      throws RejectedException {
    Object value = document.get(field);
    if (!type.isInstance(value)) {
      throw new RejectedException(
          Reason.MALFORMED_JSON, "the staged document has no " + field + " of the right type");
    }
    return type.cast(value);
  }
}
