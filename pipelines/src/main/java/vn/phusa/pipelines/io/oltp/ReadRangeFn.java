package vn.phusa.pipelines.io.oltp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.waiting.Waiting;
import vn.phusa.pipelines.io.warehouse.deadletter.RejectedRow;
import vn.phusa.pipelines.io.warehouse.ledger.SourceRowCount;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourcePosition;
import vn.phusa.transforms.model.SourceRecord;

/** Reads the rows of a range as text, through a cursor. */
final class ReadRangeFn extends DoFn<PolledRange, SourceRecord> {
  private static final long serialVersionUID = 1L;
  private static final int FETCH_ROWS = 5_000;

  private final DatabaseAddress source;
  private final DatabaseAddress warehouse;
  private final PolledTable table;
  private final StepId step;

  ReadRangeFn(DatabaseAddress source, DatabaseAddress warehouse, PolledTable table, StepId step) {
    this.source = source;
    this.warehouse = warehouse;
    this.table = table;
    this.step = step;
  }

  @ProcessElement
  public void process(ProcessContext context) throws SQLException {
    PolledRange range = context.element();
    long rows = 0;
    List<String> columns = List.copyOf(table.columns());
    int key = columns.indexOf(table.keyColumn());
    int modified = columns.indexOf(PolledTable.MODIFIED);
    try (Waiting.Detail ignored = Waiting.detail(table.kind());
        Connection connection = Postgres.openSource(source, table.naiveTimes())) {
      // A cursor needs a transaction; a read-only one says what we are.
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      long observed = now(connection);
      try (PreparedStatement statement = statement(connection, range)) {
        statement.setFetchSize(FETCH_ROWS);
        try (ResultSet row = statement.executeQuery()) {
          NaiveTimes times = new NaiveTimes(row, modified, table.naiveTimes());
          while (row.next()) {
            SourceRecord record = record(row, columns, key, modified, times).observedAt(observed);
            rows++;
            if (range.isFuture()) {
              context.output(ReadPolledTable.REJECTED, fromTheFuture(record));
            } else {
              context.output(record);
            }
          }
        }
      }
      connection.rollback();
    }
    SourceRowCount.write(warehouse, step, range.getPart(), rows);
  }

  /** The source's clock, asked just before the rows: no row is as of an earlier time. */
  private static long now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The range's rows; the caller closes it. */
  PreparedStatement statement(Connection connection, PolledRange range) throws SQLException {
    StringBuilder sql =
        new StringBuilder("SELECT ")
            .append(String.join(", ", table.columns()))
            .append(" FROM ")
            .append(table.kind())
            .append(" WHERE ")
            .append(PolledTable.MODIFIED)
            .append(fromCondition(range));
    if (range.getTo() != null) {
      sql.append(" AND ").append(PolledTable.MODIFIED).append(" < ?::timestamptz");
    }
    if (range.getKeyFrom() != null) {
      sql.append(" AND ").append(table.keyColumn()).append(" >= ?");
    }
    if (range.getKeyTo() != null) {
      // A view may have rows without a key; they belong to the first range.
      String withoutKey = range.getKeyFrom() == null ? table.keyColumn() + " IS NULL OR " : "";
      sql.append(" AND (").append(withoutKey).append(table.keyColumn()).append(" < ?)");
    }
    PreparedStatement statement = connection.prepareStatement(sql.toString());
    int parameter = 1;
    for (String bound :
        Arrays.asList(range.getFrom(), range.getTo(), range.getKeyFrom(), range.getKeyTo())) {
      if (bound != null) {
        statement.setString(parameter++, bound);
      }
    }
    return statement;
  }

  private static String fromCondition(PolledRange range) {
    if (range.getFrom() == null) {
      return " IS NULL";
    }
    boolean oneTime = range.getTo() == null && !range.isFuture();
    return (oneTime ? " = " : " >= ") + "?::timestamptz";
  }

  private SourceRecord record(
      ResultSet row, List<String> columns, int key, int modified, NaiveTimes times)
      throws SQLException {
    @Nullable String[] values = new String[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = times.withOffset(i, row.getString(i + 1));
    }
    return SourceRecord.polled(
        PolledTable.SOURCE,
        table.kind(),
        SourcePosition.of(table.kind(), values[key], values[modified]).text(),
        columns,
        Collections.unmodifiableList(Arrays.asList(values)));
  }

  private DeadLetter fromTheFuture(SourceRecord record) {
    return RejectedRow.of(
        Stage.read(table.kind()),
        record.getSource(),
        record.getPosition(),
        Reason.MODIFIED_IN_FUTURE,
        PolledTable.MODIFIED + " is a day or more after the present",
        record.getColumns(),
        record.getValues());
  }
}
