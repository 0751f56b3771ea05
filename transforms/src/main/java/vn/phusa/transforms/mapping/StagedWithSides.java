package vn.phusa.transforms.mapping;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import vn.phusa.transforms.model.StagedRecord;

/** A staged record with those of the same platform and id that its mapping needs besides. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class StagedWithSides {

  public abstract StagedRecord getRecord();

  /** By what the mapping calls them; one that is not staged is not in it. */
  public abstract Map<String, StagedRecord> getSides();

  @SchemaCreate
  public static StagedWithSides create(StagedRecord record, Map<String, StagedRecord> sides) {
    // What a schema's coder decodes is a view that equals nothing.
    return new AutoValue_StagedWithSides(record, Collections.unmodifiableMap(new TreeMap<>(sides)));
  }
}
