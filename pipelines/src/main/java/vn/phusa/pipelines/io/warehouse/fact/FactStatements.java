package vn.phusa.pipelines.io.warehouse.fact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The statements that a fact table's writer runs; every name in them comes from the table. */
final class FactStatements {
  static final List<String> CONTENT_MARKS =
      List.of(
          "change_ordered_at",
          "change_lsn",
          "change_index",
          "change_observed_at",
          "content_hash",
          "row_hash");
  static final List<String> DELETE_MARKS =
      List.of("deleted_ordered_at", "deleted_lsn", "deleted_index");

  private static final String COLUMN_MARKS = "column_marks";
  private static final String SAID = "said";

  /** Of (o, seq with none first). Positions are unsigned: their first bit is turned. */
  private static final String MARK =
      "%%1$s.%1$s_ordered_at, %%1$s.%1$s_lsn IS NOT NULL,"
          + " coalesce(%%1$s.%1$s_lsn # '-9223372036854775808'::bigint, 0), %%1$s.%1$s_index";

  private static final String CONTENT_MARK = String.format(Locale.ROOT, MARK, "change");
  private static final String DELETE_MARK = String.format(Locale.ROOT, MARK, "deleted");

  private final FactTable<?> table;
  private final List<String> columns;

  FactStatements(FactTable<?> table) {
    this.table = table;
    columns = new ArrayList<>(table.columns());
    table.references().forEach(r -> columns.add(r.keyColumn()));
    table.lookups().forEach(l -> columns.add(l.keyColumn()));
    columns.addAll(CONTENT_MARKS);
    if (table.optional() != null) {
      columns.add(COLUMN_MARKS);
    }
    if (table.said() != null) {
      columns.add(SAID);
    }
  }

  String temporary() {
    return "phusa_" + table.table();
  }

  String createTemporary() {
    return String.format(
        Locale.ROOT,
        "CREATE TEMPORARY TABLE IF NOT EXISTS %s (LIKE %s INCLUDING DEFAULTS) ON COMMIT DELETE ROWS",
        temporary(),
        table.table());
  }

  /** Marks of the rows that are there, for an array of keys. */
  String existing() {
    return select("");
  }

  /** The same rows with what they say, locked one after the other. */
  String lockedStates(String columns) {
    return select(", " + columns)
        + String.format(Locale.ROOT, " ORDER BY %s FOR UPDATE", table.keyColumn());
  }

  private String select(String more) {
    String deleteMarks =
        table.keepsDeletes() ? String.join(", ", DELETE_MARKS) : "NULL::timestamptz, NULL, 0";
    return String.format(
            Locale.ROOT,
            "SELECT %s, %s, %s, %s, %s%s",
            table.keyColumn(),
            String.join(", ", CONTENT_MARKS),
            deleteMarks,
            table.optional() == null ? "NULL" : COLUMN_MARKS,
            table.said() == null ? "false" : SAID + " IS NULL",
            more)
        + String.format(
            Locale.ROOT, " FROM %s WHERE %s = ANY (?)", table.table(), table.keyColumn());
  }

  /** Rows with content into the table itself or the temporary one. */
  String copyContent(String into) {
    return String.format(Locale.ROOT, "COPY %s (%s) FROM STDIN", into, String.join(", ", columns));
  }

  /** Keys with the marks of a delete. */
  String copyDeletes(String into) {
    return String.format(
        Locale.ROOT,
        "COPY %s (%s, source, is_deleted, source_modified_at, %s) FROM STDIN",
        into,
        table.keyColumn(),
        String.join(", ", DELETE_MARKS));
  }

  /**
   * Newer content over older. The same content with a newer mark moves the mark alone; content that
   * the rules derive otherwise now, from the same state, replaces what they derived before, and so
   * does what an older change filled in. The conditions are those of {@link FactMarks}: fewer rows
   * are updated than there are only where another writer came in between.
   */
  String updateContent() {
    String newContent = String.format(Locale.ROOT, CONTENT_MARK, "t");
    String oldContent = String.format(Locale.ROOT, CONTENT_MARK, "f");
    String deleted =
        String.format(
            Locale.ROOT,
            "coalesce((%s) >= (%s), false)",
            String.format(Locale.ROOT, DELETE_MARK, "f"),
            newContent);
    Map<String, String> values = new LinkedHashMap<>();
    columns.stream()
        .filter(c -> !c.equals(table.keyColumn()))
        .forEach(c -> values.put(c, "t." + c));
    String same = "f.row_hash = t.row_hash";
    if (table.keepsDeletes()) {
      values.put("is_deleted", deleted);
      same += " AND f.is_deleted = " + deleted;
    }
    String sameState =
        String.format(
            Locale.ROOT, "(%s) = (%s) AND t.content_hash = f.content_hash", newContent, oldContent);
    values.put(
        "change_observed_at",
        String.format(
            Locale.ROOT,
            "CASE WHEN %s THEN coalesce(f.change_observed_at, t.change_observed_at)"
                + " ELSE t.change_observed_at END",
            sameState));
    values.putAll(table.merged());
    String set =
        values.entrySet().stream()
            .map(v -> v.getKey() + " = " + v.getValue())
            .collect(Collectors.joining(", "));
    String observed = " OR (f.change_observed_at IS NULL AND t.change_observed_at IS NOT NULL)";
    String marks =
        table.optional() == null ? "" : " OR f.column_marks IS DISTINCT FROM t.column_marks";
    return String.format(Locale.ROOT, "UPDATE %s f SET %s,", table.table(), set)
        + String.format(
            Locale.ROOT,
            " %1$s = CASE WHEN %2$s THEN f.%1$s ELSE now() END",
            table.changedAtColumn(),
            same)
        + String.format(
            Locale.ROOT, " FROM %s t WHERE f.%2$s = t.%2$s", temporary(), table.keyColumn())
        + " AND (f.change_ordered_at IS NULL"
        + String.format(Locale.ROOT, " OR (%s) > (%s)", newContent, oldContent)
        + String.format(
            Locale.ROOT, " OR (%s AND (f.row_hash <> t.row_hash%s%s))", sameState, marks, observed)
        + String.format(
            Locale.ROOT,
            " OR ((%s) = (%s) AND t.content_hash <> f.content_hash",
            newContent,
            oldContent)
        + String.format(
            Locale.ROOT,
            " AND (coalesce(t.change_observed_at, '-infinity'), %s, t.content_hash)",
            table.said() == null ? "false" : "f.said IS NULL")
        + " > (coalesce(f.change_observed_at, '-infinity'), false, f.content_hash)))";
  }

  /** A newer delete over an older; the row's content stays for those who look at deleted rows. */
  String updateDeletes() {
    String newDelete = String.format(Locale.ROOT, DELETE_MARK, "t");
    String deleted =
        String.format(
            Locale.ROOT,
            "coalesce((%s) >= (%s), true)",
            newDelete,
            String.format(Locale.ROOT, CONTENT_MARK, "f"));
    String set = DELETE_MARKS.stream().map(c -> c + " = t." + c).collect(Collectors.joining(", "));
    return String.format(
            Locale.ROOT, "UPDATE %s f SET %s, is_deleted = %s,", table.table(), set, deleted)
        // A row without content says of its time and its source what the delete says.
        + " source_modified_at = CASE WHEN f.change_ordered_at IS NULL"
        + " THEN t.source_modified_at ELSE f.source_modified_at END,"
        + " source = CASE WHEN f.change_ordered_at IS NULL THEN t.source ELSE f.source END,"
        + String.format(
            Locale.ROOT,
            " updated_at = CASE WHEN f.is_deleted = %s THEN f.updated_at ELSE now() END",
            deleted)
        + String.format(
            Locale.ROOT, " FROM %s t WHERE f.%2$s = t.%2$s", temporary(), table.keyColumn())
        + String.format(
            Locale.ROOT,
            " AND (f.deleted_ordered_at IS NULL OR (%s) > (%s))",
            newDelete,
            String.format(Locale.ROOT, DELETE_MARK, "f"));
  }
}
