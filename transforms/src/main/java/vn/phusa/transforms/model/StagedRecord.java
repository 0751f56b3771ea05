package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A record of a marketplace or a feed, as it was sent and as staging keeps it. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class StagedRecord {

  /** The marketplace or feed by its name in the descriptions: "lazada", "fptshop", ... */
  public abstract String getPlatform();

  /** What kind of record: "product", "order", and what a platform has besides ("order_items"). */
  public abstract String getKind();

  /** The record's own id, as the platform writes it. */
  public abstract String getId();

  /**
   * When the platform says that it changed, microseconds since 1970-01-01 UTC; null where it does
   * not say.
   */
  public abstract @Nullable Long getUpdatedMicros();

  /** When it was extracted, microseconds since 1970-01-01 UTC. */
  public abstract long getExtractedMicros();

  /** The run that extracted it. */
  public abstract String getRunId();

  /** The record's JSON text exactly as it stood in the answer. */
  public abstract String getPayload();

  /** Its key in staging: "platform:kind:id". */
  public String key() {
    return getPlatform() + ":" + getKind() + ":" + getId();
  }

  @SchemaCreate
  public static StagedRecord create(
      String platform,
      String kind,
      String id,
      @Nullable Long updatedMicros,
      long extractedMicros,
      String runId,
      String payload) {
    return new AutoValue_StagedRecord(
        platform, kind, id, updatedMicros, extractedMicros, runId, payload);
  }
}
