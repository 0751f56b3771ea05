package vn.phusa.transforms.scd;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;

/** A change with the key that it is of and the place that it came from. */
@AutoValue
@DefaultCoder(DimensionChangeCoder.class)
public abstract class DimensionChange {

  /** The natural key: opaque, not empty, not "-1". */
  public abstract String getKey();

  public abstract Change getChange();

  /** The system that reported it, for a dead letter. */
  public abstract String getSource();

  /** Where in the source it stands, for a dead letter. */
  public abstract String getPosition();

  public static DimensionChange create(String key, Change change, String source, String position) {
    return new AutoValue_DimensionChange(key, change, source, position);
  }
}
