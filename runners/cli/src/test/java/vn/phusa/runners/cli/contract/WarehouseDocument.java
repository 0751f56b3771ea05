package vn.phusa.runners.cli.contract;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The warehouse's tables and views as their comments explain them. */
public final class WarehouseDocument {
  private static final String RELATIONS =
      """
      SELECT CASE
          WHEN relname LIKE 'dim\\_%' THEN '1 Dimensions'
          WHEN relname LIKE 'fact\\_%' THEN '2 Facts'
          WHEN relkind = 'm' THEN '3 Marts (materialized views)'
          WHEN relkind = 'v' THEN '4 Views'
          ELSE '5 Housekeeping' END,
        relname, relkind IN ('v', 'm'), obj_description(oid, 'pg_class')
      FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f')
        AND relname <> 'phusa_schema_history'
      ORDER BY 1, relname COLLATE "C"
      """;

  private static final String KEYS =
      """
      SELECT indisprimary, string_agg('`' || attname || '`', ', ' ORDER BY position)
        || coalesce(' where `' || pg_get_expr(indpred, indrelid) || '`', '')
      FROM pg_index
      CROSS JOIN unnest(indkey) WITH ORDINALITY AS key (number, position)
      JOIN pg_attribute ON attrelid = indrelid AND attnum = number
      WHERE indrelid = ?::regclass AND indisunique
      GROUP BY indexrelid, indisprimary, indpred, indrelid
      ORDER BY NOT indisprimary, 2
      """;

  private static final String COLUMNS =
      """
      SELECT attname, format_type(atttypid, atttypmod), attnotnull, col_description(attrelid, attnum)
      FROM pg_attribute
      WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
      """;

  private final StringBuilder text = new StringBuilder();
  private final Connection warehouse;

  private WarehouseDocument(Connection warehouse) {
    this.warehouse = warehouse;
  }

  private record Relation(String name, boolean isView, String comment) {}

  /** The document. */
  public static String of(String firstLine, Connection warehouse) throws SQLException {
    WarehouseDocument document = new WarehouseDocument(warehouse);
    document.text.append(firstLine).append(INTRODUCTION);
    for (var group : document.groups().entrySet()) {
      document.text.append("\n## ").append(group.getKey().substring(2)).append('\n');
      for (Relation relation : group.getValue()) {
        document.relation(relation);
      }
    }
    return document.text.toString();
  }

  private static final String INTRODUCTION =
      """


      # The warehouse

      Every table and view of the schema `public` that `./phusa migrate` makes, column by column. What stands
      here are the comments that the database has too: `\\d+ fact_sales` in psql shows them.

      Instants are `timestamptz`. A calendar day is the Vietnamese day, at the fixed offset +07:00. Money is
      `numeric`: US dollars with four decimals, dong without. PostgreSQL knows of no column of a view whether it
      can be null: its meaning says when it is.

      The tables of facts have no foreign keys. A key of -1 is the dimension's row "Unknown".
      """;

  private Map<String, List<Relation>> groups() throws SQLException {
    Map<String, List<Relation>> groups = new LinkedHashMap<>();
    try (Statement statement = warehouse.createStatement();
        ResultSet row = statement.executeQuery(RELATIONS)) {
      while (row.next()) {
        groups
            .computeIfAbsent(row.getString(1), none -> new ArrayList<>())
            .add(new Relation(row.getString(2), row.getBoolean(3), explained(row, 4)));
      }
    }
    return groups;
  }

  private void relation(Relation relation) throws SQLException {
    text.append("\n### ").append(relation.name).append("\n\n");
    text.append(relation.comment).append("\n\n");
    keys(relation.name);
    text.append(relation.isView ? "| column | type |" : "| column | type | can be null |");
    text.append(" meaning |\n|---|---|---|").append(relation.isView ? "\n" : "---|\n");
    try (PreparedStatement statement = warehouse.prepareStatement(COLUMNS)) {
      statement.setString(1, relation.name);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          text.append("| `").append(row.getString(1)).append("` | ").append(row.getString(2));
          if (!relation.isView) {
            text.append(row.getBoolean(3) ? " | no" : " | yes");
          }
          text.append(" | ").append(explained(row, 4)).append(" |\n");
        }
      }
    }
  }

  private void keys(String relation) throws SQLException {
    try (PreparedStatement statement = warehouse.prepareStatement(KEYS)) {
      statement.setString(1, relation);
      List<String> keys = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.add((row.getBoolean(1) ? "Primary key: " : "Unique: ") + row.getString(2) + ".");
        }
      }
      if (!keys.isEmpty()) {
        text.append(String.join(" ", keys)).append("\n\n");
      }
    }
  }

  /** A comment, which everything must have. */
  private static String explained(ResultSet row, int column) throws SQLException {
    String comment = row.getString(column);
    if (comment == null) {
      throw new IllegalStateException("no comment explains " + row.getString(column == 4 ? 1 : 2));
    }
    return CommittedText.cell(comment);
  }
}
