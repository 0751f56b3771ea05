package vn.phusa.pipelines.io.marketplace;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** What is to be extracted: a part of a marketplace or feed. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ExtractTask {

  /** The marketplace or feed by its name in the descriptions. */
  public abstract String getName();

  /** The part: "products", "orders", ... */
  public abstract String getPart();

  @SchemaCreate
  public static ExtractTask create(String name, String part) {
    return new AutoValue_ExtractTask(name, part);
  }
}
