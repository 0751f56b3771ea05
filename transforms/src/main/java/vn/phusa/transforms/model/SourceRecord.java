package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A record as a source gave it: named fields as text, nothing interpreted yet.
 *
 * <p>Every source (polled tables, captured changes, staged documents, events) comes through this
 * door, so that one set of cleansing transforms serves them all. A field that the source did not
 * carry is not among the {@link #getColumns columns}: it is <em>absent</em>, which is not the same
 * as null.
 *
 * <p>It has a coder of its own and no schema: the text is raw, and a schema's coder would refuse
 * its nulls and turn its lone surrogates into question marks before anyone could reject them.
 */
@AutoValue
@DefaultCoder(SourceRecordCoder.class)
public abstract class SourceRecord {

  /** The system: "oltp", "tiki", "feed:fptshop", ... */
  public abstract String getSource();

  /** What kind of record: "customers", "products", "orders", "transactions". */
  public abstract String getKind();

  /**
   * Where in the source it stands, so that the same record met again has the same position:
   * "orders/O-17@2025-03-01T02:14:59.998877Z", "topic/partition/offset", ...
   */
  public abstract String getPosition();

  public abstract Operation getOperation();

  /**
   * The commit time in microseconds UTC for captured changes; null where changes are ordered by the
   * record's own time ({@code last_modified}).
   */
  public abstract @Nullable Long getOrderedMicros();

  /** The log position of the commit, unsigned; null where the change was not captured. */
  public abstract @Nullable Long getCommitLsn();

  /** The place in the transaction; 0 where the change was not captured. */
  public abstract int getCommitIndex();

  /**
   * When the state was read, by the source's clock, in microseconds UTC; null for captured changes
   * and events, and where it is not known.
   */
  public abstract @Nullable Long getObservedMicros();

  /** The fields' names as in the operational tables, in lower case. */
  public abstract List<String> getColumns();

  /** The fields' values, aligned with the columns; PostgreSQL's or JSON's text form. */
  public abstract List<@Nullable String> getValues();

  /** The field's text; null when it is null or absent. */
  public @Nullable String value(String column) {
    int i = getColumns().indexOf(column);
    return i < 0 ? null : getValues().get(i);
  }

  /** Whether the source carried the field, be it null. */
  public boolean carries(String column) {
    return getColumns().contains(column);
  }

  public static SourceRecord create(
      String source,
      String kind,
      String position,
      Operation operation,
      @Nullable Long orderedMicros,
      @Nullable Long commitLsn,
      int commitIndex,
      List<String> columns,
      List<@Nullable String> values) {
    if (columns.size() != values.size()) {
      throw new IllegalArgumentException(
          columns.size() + " columns with " + values.size() + " values at " + position);
    }
    return new AutoValue_SourceRecord(
        source,
        kind,
        position,
        operation,
        orderedMicros,
        commitLsn,
        commitIndex,
        null,
        columns,
        values);
  }

  /**
   * The record with the time at which it was read, by the source's clock.
   *
   * @param micros microseconds UTC; null when it is not known
   */
  public SourceRecord observedAt(@Nullable Long micros) {
    return new AutoValue_SourceRecord(
        getSource(),
        getKind(),
        getPosition(),
        getOperation(),
        getOrderedMicros(),
        getCommitLsn(),
        getCommitIndex(),
        micros,
        getColumns(),
        getValues());
  }

  /** A row as a polled table holds it now. */
  public static SourceRecord polled(
      String source,
      String kind,
      String position,
      List<String> columns,
      List<@Nullable String> values) {
    return create(source, kind, position, Operation.UPSERT, null, null, 0, columns, values);
  }
}
