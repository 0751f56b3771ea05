package vn.phusa.pipelines.io.warehouse.fact;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes a fact's columns in their order: first what the source said, then what the rules derived
 * from it, then what moves with the mark and is no content. They are distinguished so that changed
 * rules do not make an older state the newer one.
 */
interface RowSink {

  RowSink said(@Nullable Object value);

  /**
   * A column that the rules computed though it stands among what the source said: dollars of an
   * amount that it said in dong.
   */
  RowSink computed(@Nullable Object value);

  RowSink saidInstant(@Nullable Long micros);

  /** What the source said and no column holds; it is content all the same. */
  RowSink unstored(@Nullable Object value);

  RowSink derived(@Nullable Object value);

  RowSink markInstant(long micros);

  RowSink mark(boolean value);
}
