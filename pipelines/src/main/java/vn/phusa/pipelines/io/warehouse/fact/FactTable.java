package vn.phusa.pipelines.io.warehouse.fact;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.UnstorableTextException;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * A fact table and how a typed fact becomes a row of it.
 *
 * @param <T> the typed fact
 */
interface FactTable<T> extends Serializable {

  /** A key of a slowly changing dimension, as of the fact's time. */
  record Reference(DimensionSpec dimension, String keyColumn) implements Serializable {}

  /**
   * A key of a small dimension, by its natural name; -1 where it does not know the name.
   *
   * @param table the dimension
   * @param nameColumn its column with the name
   * @param keyColumn the key's column, in both tables
   */
  record Lookup(String table, String nameColumn, String keyColumn) implements Serializable {}

  String table();

  String keyColumn();

  /** The columns that come with the row, the key's first; not marks, surrogate keys or times. */
  List<String> columns();

  List<Reference> references();

  List<Lookup> lookups();

  /** Whether a source may say that a fact is no more. */
  default boolean keepsDeletes() {
    return true;
  }

  /** The column that says when the row last changed. */
  default String changedAtColumn() {
    return "updated_at";
  }

  /**
   * What columns become when newer content replaces older, where that is not the new row's value:
   * an expression of {@code t}, the new row, and {@code f}, the old one, for each.
   */
  default Map<String, String> merged() {
    return Map.of();
  }

  /** The columns that a change may leave out; null where each state is whole. */
  default @Nullable OptionalColumns<T> optional() {
    return null;
  }

  /** How what the source said is kept; null where no column is made by rules. */
  default @Nullable SaidFacts<T> said() {
    return null;
  }

  String key(T fact);

  ChangeStamp stamp(T fact);

  Operation operation(T fact);

  FactRow.Origin origin(T fact);

  /** Hands over the columns, in their order. */
  void describe(T fact, RowSink row);

  /** The fact as the record that it came from, so that its dead letter can be replayed. */
  Payload payload(T fact);

  /**
   * The fact as a row.
   *
   * @throws UnstorableTextException when a text of it cannot be stored
   */
  default FactRow toRow(T fact) {
    RowEncoder row = new RowEncoder();
    describe(fact, row);
    return new FactRow(
        key(fact),
        operation(fact),
        stamp(fact),
        row.contentHash(),
        row.rowHash(),
        row.encoded(),
        origin(fact));
  }
}
