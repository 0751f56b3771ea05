package vn.phusa.pipelines.io.warehouse.fact;

import java.io.Serializable;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/**
 * The texts of a source's row that a fact table holds.
 *
 * @param table the fact table
 * @param key the key's column, in source and table
 * @param texts the source's columns of text, each with the table's that holds it
 */
record StoredTexts(String table, String key, Map<String, String> texts) implements Serializable {

  static final StoredTexts SALES =
      new StoredTexts(
          "fact_sales",
          "order_id",
          Map.of(
              "order_number", "order_number",
              "customer_id", "customer_id",
              "product_id", "product_id",
              "platform", "platform",
              "city", "city",
              // The raw name is not stored; the local name of a local name is itself.
              "payment_method", "payment_method_local",
              "status", "status"));

  static final StoredTexts TRANSACTIONS =
      new StoredTexts(
          "fact_transactions",
          "transaction_id",
          Map.of(
              "order_id", "order_id",
              "payment_method", "payment_method_local",
              "status", "status"));

  /** Whether the change came from the log and left something out. */
  boolean isIncomplete(SourceRecord record) {
    return record.getCommitLsn() != null
        && record.getOperation() == Operation.UPSERT
        && record.value(key) != null
        && texts.keySet().stream().anyMatch(column -> !record.carries(column));
  }

  /** The stored texts of these keys, by the source's columns. */
  Map<String, Map<String, String>> read(Connection connection, TreeSet<String> keys)
      throws SQLException {
    Map<String, Map<String, String>> rows = new HashMap<>();
    List<String> columns = List.copyOf(texts.keySet());
    String list = columns.stream().map(texts::get).collect(Collectors.joining(", "));
    Array array = connection.createArrayOf("text", keys.toArray());
    try (PreparedStatement statement =
        connection.prepareStatement(
            String.format(
                Locale.ROOT,
                "SELECT %1$s, %2$s FROM %3$s WHERE %1$s = ANY (?)",
                key,
                list,
                table))) {
      statement.setArray(1, array);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Map<String, String> values = new HashMap<>();
          for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), row.getString(i + 2));
          }
          rows.put(row.getString(1), values);
        }
      }
    } finally {
      array.free();
    }
    return rows;
  }

  /** The record with what it lacks from the values known of its key, which it then adds to. */
  SourceRecord completed(SourceRecord record, Map<String, String> known) {
    List<String> columns = new ArrayList<>(record.getColumns());
    List<@Nullable String> values = new ArrayList<>(record.getValues());
    for (String column : texts.keySet()) {
      if (record.carries(column)) {
        known.put(column, record.value(column));
      } else if (known.containsKey(column)) {
        columns.add(column);
        values.add(known.get(column));
      }
    }
    return columns.size() == record.getColumns().size()
        ? record
        : SourceRecord.create(
            record.getSource(),
            record.getKind(),
            record.getPosition(),
            record.getOperation(),
            record.getOrderedMicros(),
            record.getCommitLsn(),
            record.getCommitIndex(),
            List.copyOf(columns),
            Collections.unmodifiableList(values));
  }
}
