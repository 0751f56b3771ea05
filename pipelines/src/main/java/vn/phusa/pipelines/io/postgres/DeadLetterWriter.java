package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.StorableText;

/**
 * Keeps dead letters in the table {@code dead_letter}. The same failure met again is the same row,
 * counted for the run that met it last.
 */
final class DeadLetterWriter implements BatchWriter<DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final StepContext step;

  DeadLetterWriter(StepContext step) {
    this.step = step;
  }

  @Override
  public void prepare(Connection connection) {}

  @Override
  public Written write(Connection connection, List<DeadLetter> batch) throws SQLException {
    Map<String, DeadLetter> byId = new TreeMap<>();
    batch.forEach(letter -> byId.put(letter.getId(), letter));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO dead_letter (id, run_id, step, stage, source, position, reason, error,"
                + " payload, payload_encoding) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET run_id = EXCLUDED.run_id,"
                + " step = EXCLUDED.step, error = EXCLUDED.error, payload = EXCLUDED.payload,"
                + " payload_encoding = EXCLUDED.payload_encoding")) {
      for (DeadLetter letter : byId.values()) {
        statement.setString(1, letter.getId());
        statement.setObject(2, step.runId());
        statement.setString(3, step.step());
        statement.setString(4, letter.getStage());
        statement.setString(5, StorableText.escape(letter.getSource()));
        statement.setString(6, StorableText.escape(letter.getPosition()));
        statement.setString(7, letter.getReason());
        statement.setString(8, StorableText.escape(letter.getError()));
        statement.setString(9, StorableText.escape(letter.getPayload()));
        statement.setString(10, letter.getPayloadEncoding().name().toLowerCase(Locale.ROOT));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    // Rejected rows are counted from the table, not here.
    return Written.rows(0, 0);
  }

  @Override
  public DeadLetter refused(DeadLetter row, String reason, String error) {
    throw new IllegalStateException("a dead letter was refused: " + reason + ", " + error);
  }
}
