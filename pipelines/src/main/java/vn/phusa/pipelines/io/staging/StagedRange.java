package vn.phusa.pipelines.io.staging;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/**
 * Documents that one worker reads at one go, by their keys: a document that is replaced between
 * planning and reading is read as it is then, and none is met twice.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class StagedRange {

  /** The number of the range in its plan; documents read are counted under it. */
  public abstract int getPart();

  /** The documents' _id. */
  public abstract List<String> getKeys();

  @SchemaCreate
  public static StagedRange create(int part, List<String> keys) {
    return new AutoValue_StagedRange(part, keys);
  }
}
