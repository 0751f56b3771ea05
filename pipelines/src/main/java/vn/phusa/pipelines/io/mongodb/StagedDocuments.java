package vn.phusa.pipelines.io.mongodb;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
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
   * The record of a document.
   *
   * @throws IllegalArgumentException if it is no staged record; names the field
   */
  public static StagedRecord record(Document document) {
    String platform = required(document, PLATFORM, String.class);
    String id = required(document, ID, String.class);
    String key = required(document, KEY, String.class);
    int kindEnd = key.length() - id.length() - 1;
    int kindStart = platform.length() + 1;
    if (kindEnd <= kindStart || !key.startsWith(platform + ":") || !key.endsWith(":" + id)) {
      throw new IllegalArgumentException("a staged record's _id is not platform:kind:id");
    }
    return StagedRecord.create(
        platform,
        key.substring(kindStart, kindEnd),
        id,
        micros(document.get(UPDATED, Date.class)),
        required(document, EXTRACTED, Date.class).getTime() * MICROS,
        required(document, RUN, String.class),
        required(document, PAYLOAD, String.class));
  }

  /** A time of our records as a document holds it. */
  static @Nullable Date date(@Nullable Long micros) {
    return micros == null ? null : Date.from(Instant.ofEpochMilli(Math.floorDiv(micros, MICROS)));
  }

  private static @Nullable Long micros(@Nullable Date date) {
    return date == null ? null : date.getTime() * MICROS;
  }

  private static <T> T required(Document document, String field, Class<T> type) {
    T value = type.isInstance(document.get(field)) ? document.get(field, type) : null;
    if (value == null) {
      throw new IllegalArgumentException("a staged record has no " + field);
    }
    return value;
  }
}
