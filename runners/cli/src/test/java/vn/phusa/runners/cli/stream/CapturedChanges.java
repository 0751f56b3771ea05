package vn.phusa.runners.cli.stream;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What change capture would say of an operational database that is looked at now and then: a
 * snapshot first, then the rows that have changed since the last look, in transactions of a few
 * rows, which commit a while after the time that the application gave the row. The database itself
 * writes the rows as JSON.
 *
 * <p>So that more is met than a log would hold: some changed rows are also read by another snapshot
 * (the same state, polled and captured); some were written twice in their transaction, of which
 * only the last counts; and of customers and products some changes leave out a text that stayed.
 */
final class CapturedChanges {
  private static final int ROWS_OF_A_TRANSACTION = 10;
  private static final double RARELY = 0.1;

  /** What is captured: a table, its key, a text, and what stands in it for a moment. */
  private record Source(String table, String key, String text, String forAMoment, boolean leaves) {

    String query() {
      return ("SELECT %2$s, row::text, (row || '{\"%3$s\": \"%4$s\"}')::text,"
              + " (row - '%3$s')::text, %3$s, last_modified"
              + " FROM %1$s t, LATERAL (SELECT to_jsonb(t) - 'created_at' AS row) r ORDER BY %2$s")
          .formatted(table, key, text, forAMoment);
    }
  }

  private static final List<Source> SOURCES =
      List.of(
          new Source("customers", "customer_id", "email", "a@moment.example", true),
          new Source("products", "product_id", "name", "For a moment", true),
          new Source("orders", "order_id", "status", "momentary", false),
          new Source("transactions", "transaction_id", "status", "momentary", false));

  /** A row in several ways: as it is, as it was for a moment, and without its text. */
  private record Row(
      String key, String json, String forAMoment, String withoutText, String text, Instant at) {}

  private final Random random;
  private final Map<String, Row> known = new HashMap<>();
  private long lsn = 0x16B3748L;
  private boolean looked;

  CapturedChanges(long seed) {
    this.random = new Random(seed);
  }

  /** All that happened since the last call, as records of the cdc topics without a time. */
  List<ProducerRecord<byte[], byte[]>> look(Connection shop) throws SQLException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Source source : SOURCES) {
      List<Row> changed = changed(shop, source);
      if (looked) {
        capture(source, changed, records);
      } else {
        changed.forEach(row -> records.add(snapshot(source, row)));
      }
      changed.forEach(row -> known.put(source.table() + "/" + row.key(), row));
    }
    looked = true;
    return records;
  }

  private List<Row> changed(Connection shop, Source source) throws SQLException {
    List<Row> changed = new ArrayList<>();
    try (Statement statement = shop.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      try (ResultSet found = statement.executeQuery(source.query())) {
        while (found.next()) {
          Row row =
              new Row(
                  found.getString(1),
                  found.getString(2),
                  found.getString(3),
                  found.getString(4),
                  found.getString(5),
                  found.getObject(6, OffsetDateTime.class).toInstant());
          Row before = known.get(source.table() + "/" + row.key());
          if (before == null || !before.json().equals(row.json())) {
            changed.add(row);
          }
        }
      }
    }
    return changed;
  }

  private void capture(
      Source source, List<Row> changed, List<ProducerRecord<byte[], byte[]>> records) {
    Collections.shuffle(changed, random);
    for (int from = 0; from < changed.size(); from += ROWS_OF_A_TRANSACTION) {
      List<Row> together =
          changed.subList(from, Math.min(changed.size(), from + ROWS_OF_A_TRANSACTION));
      lsn += 1 + random.nextInt(1_000);
      Instant committed =
          together.stream()
              .map(Row::at)
              .max(Instant::compareTo)
              .orElseThrow()
              .plus(random.nextInt(2_000_000), ChronoUnit.MICROS);
      int index = 0;
      for (Row row : together) {
        Row before = known.get(source.table() + "/" + row.key());
        String operation = before == null ? "INSERT" : "UPDATE";
        if (random.nextDouble() < RARELY) {
          records.add(snapshot(source, row));
        }
        // What the second statement of a commit leaves out is what the first one wrote.
        boolean momentary = random.nextDouble() < RARELY;
        if (momentary) {
          records.add(change(source, row, operation, committed, index++, row.forAMoment(), "[]"));
          operation = "UPDATE";
        }
        boolean stayed =
            !momentary
                && before != null
                && before.text() != null
                && before.text().equals(row.text());
        records.add(
            source.leaves() && stayed && random.nextDouble() < RARELY
                ? change(
                    source,
                    row,
                    operation,
                    committed,
                    index++,
                    row.withoutText(),
                    "[\"" + source.text() + "\"]")
                : change(source, row, operation, committed, index++, row.json(), "[]"));
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> snapshot(Source source, Row row) {
    return record(source, row, "READ", row.at().plusSeconds(1), 0, 0, row.json(), "[]");
  }

  private ProducerRecord<byte[], byte[]> change(
      Source source,
      Row row,
      String operation,
      Instant committed,
      int index,
      String data,
      String unchanged) {
    return record(source, row, operation, committed, lsn, index, data, unchanged);
  }

  private static ProducerRecord<byte[], byte[]> record(
      Source source,
      Row row,
      String operation,
      Instant committed,
      long lsn,
      int index,
      String data,
      String unchanged) {
    String key = "{\"%s\": \"%s\"}".formatted(source.key(), row.key());
    String event =
        ("{\"table\": \"%s\", \"operation\": \"%s\", \"lsn\": \"%016X\", \"index\": %d,"
                + " \"timestamp\": \"%s\", \"key\": %s, \"data\": %s, \"before\": %s,"
                + " \"unchanged\": %s}")
            .formatted(
                source.table(),
                operation,
                lsn,
                index,
                committed,
                key,
                data,
                operation.equals("UPDATE") ? key : "null",
                unchanged);
    return new ProducerRecord<>(
        "cdc_" + source.table(),
        row.key().getBytes(StandardCharsets.UTF_8),
        event.getBytes(StandardCharsets.UTF_8));
  }
}
