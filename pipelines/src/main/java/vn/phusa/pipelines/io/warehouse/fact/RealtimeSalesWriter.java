package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.rules.Rules;

/**
 * Writes fact_sales_realtime as {@link FactWriter} does, and keeps besides whether the windows
 * count an order.
 *
 * <p>They do when at least one event about the order came in time for its window, whatever came
 * first: an order that only events reported that were too late is in the table and in no window,
 * and a late event about an order that is counted corrects it, since counting it with what is known
 * to be wrong, or no more, would both be worse.
 */
public final class RealtimeSalesWriter implements BatchWriter<RealtimeSale> {
  private static final long serialVersionUID = 1L;

  private final FactWriter<RealtimeSale> facts;

  /**
   * @param rules what follows from what is stored
   */
  public RealtimeSalesWriter(Rules rules) {
    facts = new FactWriter<>(new FactRealtimeSales(rules));
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    facts.prepare(connection);
  }

  @Override
  public RowCounts write(Connection connection, List<RealtimeSale> batch) throws SQLException {
    RowCounts written = facts.write(connection, batch);
    Object[] inTime =
        batch.stream()
            .filter(sale -> !sale.getTooLate())
            .map(RealtimeSale::getOrderId)
            .distinct()
            .sorted()
            .toArray();
    // An event may have come in time though another one is the newer, and wins the row.
    Array array = connection.createArrayOf("text", inTime);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE fact_sales_realtime SET in_windows = true, processed_timestamp = now()"
                + " WHERE NOT in_windows AND order_id = ANY (?)")) {
      statement.setArray(1, array);
      statement.executeUpdate();
    } finally {
      array.free();
    }
    return written;
  }

  @Override
  public DeadLetter rejected(RealtimeSale row, Reason reason, String error) {
    return facts.rejected(row, reason, error);
  }
}
