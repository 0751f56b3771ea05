package vn.phusa.pipelines.io.warehouse.deadletter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.PrintableText;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.StorableText;

/**
 * Keeps dead letters in the table {@code dead_letter}. The same failure met again is the same row,
 * counted for the run that met it last; one that was sent through again waits again. How often it
 * was tried only a replay raises, so that a record that is merely read twice does not look
 * stubborn.
 */
public final class DeadLetterWriter implements BatchWriter<DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final @Nullable StepId step;

  /**
   * @param step the step that counts them as rejected; null outside of a run, where the run of a
   *     letter that is there already stays
   */
  public DeadLetterWriter(@Nullable StepId step) {
    this.step = step;
  }

  @Override
  public void prepare(Connection connection) {}

  @Override
  public RowCounts write(Connection connection, List<DeadLetter> batch) throws SQLException {
    Map<String, DeadLetter> byId = new TreeMap<>();
    batch.forEach(deadLetter -> byId.put(deadLetter.getId(), deadLetter));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO dead_letter (id, run_id, step, stage, source, position, reason, error,"
                + " payload, payload_encoding, record_table, record_key, record_modified_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz)"
                + " ON CONFLICT (id) DO UPDATE SET"
                + " run_id = coalesce(EXCLUDED.run_id, dead_letter.run_id),"
                + " step = coalesce(EXCLUDED.step, dead_letter.step),"
                + " seen_at = now(), status = 'waiting', error = EXCLUDED.error, payload = EXCLUDED.payload,"
                + " payload_encoding = EXCLUDED.payload_encoding,"
                + " record_table = EXCLUDED.record_table, record_key = EXCLUDED.record_key,"
                + " record_modified_at = EXCLUDED.record_modified_at")) {
      for (DeadLetter deadLetter : byId.values()) {
        statement.setString(1, deadLetter.getId());
        statement.setObject(2, step == null ? null : step.runId().value(), Types.OTHER);
        statement.setString(3, step == null ? null : step.step());
        statement.setString(4, deadLetter.getStage());
        statement.setString(5, PrintableText.line(deadLetter.getSource()));
        statement.setString(6, PrintableText.line(deadLetter.getPosition()));
        statement.setString(7, deadLetter.getReason());
        statement.setString(8, PrintableText.line(deadLetter.getError()));
        statement.setString(9, StorableText.escape(deadLetter.getPayload()));
        statement.setString(10, deadLetter.getPayloadEncoding().name().toLowerCase(Locale.ROOT));
        RecordKey record = RecordKey.of(deadLetter).orElse(null);
        statement.setString(11, record == null ? null : record.table());
        statement.setString(12, record == null ? null : record.key());
        statement.setString(13, record == null ? null : MicrosText.of(record.modifiedMicros()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    // Rejected rows are counted from the table, not here.
    return RowCounts.written(0, 0);
  }

  @Override
  public DeadLetter rejected(DeadLetter row, Reason reason, String error) {
    throw new IllegalStateException("a dead letter was rejected: " + reason + ", " + error);
  }
}
