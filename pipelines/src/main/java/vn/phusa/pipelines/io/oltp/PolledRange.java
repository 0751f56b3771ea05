package vn.phusa.pipelines.io.oltp;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A part of a table that one worker reads at one go: rows modified in [from, to), and where one
 * time alone has too many rows, those with a key in [keyFrom, keyTo). Times are in PostgreSQL's
 * text form, so that none (infinite ones, years before 1) is lost on the way.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class PolledRange {

  /** The number of the range in its plan; rows read are counted under it. */
  public abstract int getPart();

  /** The least time of modification, inclusive; null: the rows that say none. */
  public abstract @Nullable String getFrom();

  /**
   * The time before which modifications are read; null: the time {@link #getFrom} alone, or for
   * rows of the future no end.
   */
  public abstract @Nullable String getTo();

  /** The least key, inclusive; null: from the first. */
  public abstract @Nullable String getKeyFrom();

  /** The key before which rows are read; null: to the last. */
  public abstract @Nullable String getKeyTo();

  /** About how many rows it has. */
  public abstract long getRows();

  /**
   * Whether the rows say that they were modified in the future: they cannot be ordered, and are
   * rejected.
   */
  public abstract boolean isFuture();

  @SchemaCreate
  public static PolledRange create(
      int part,
      @Nullable String from,
      @Nullable String to,
      @Nullable String keyFrom,
      @Nullable String keyTo,
      long rows,
      boolean future) {
    return new AutoValue_PolledRange(part, from, to, keyFrom, keyTo, rows, future);
  }
}
