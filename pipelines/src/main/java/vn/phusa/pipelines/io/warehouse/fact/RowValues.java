package vn.phusa.pipelines.io.warehouse.fact;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;

/** A fact's columns as texts, whether they can be stored or not. */
final class RowValues implements RowSink {
  private final List<@Nullable String> values = new ArrayList<>();

  List<@Nullable String> values() {
    return values;
  }

  @Override
  public RowSink said(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      values.add(decimal.toPlainString());
    } else {
      values.add(value == null ? null : value.toString());
    }
    return this;
  }

  @Override
  public RowSink computed(@Nullable Object value) {
    return said(value);
  }

  @Override
  public RowSink saidInstant(@Nullable Long micros) {
    values.add(MicrosText.of(micros));
    return this;
  }

  @Override
  public RowSink unstored(@Nullable Object value) {
    return this;
  }

  @Override
  public RowSink derived(@Nullable Object value) {
    return said(value);
  }

  @Override
  public RowSink markInstant(long micros) {
    return saidInstant(micros);
  }

  @Override
  public RowSink mark(boolean value) {
    return said(value);
  }
}
