package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.transforms.mapping.OrderLines;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.model.SourcePosition;

/**
 * Finds lines in fact_sales that newer states of their orders no longer have. They come out as
 * deletes with the state's stamp, so that a line that is newer than the state stays.
 */
public final class FindRemovedLines extends PTransform<PCollection<OrderLines>, PCollection<Sale>> {
  private static final long serialVersionUID = 1L;

  private final DatabaseAddress warehouse;

  private FindRemovedLines(DatabaseAddress warehouse) {
    this.warehouse = warehouse;
  }

  public static FindRemovedLines in(DatabaseAddress warehouse) {
    return new FindRemovedLines(warehouse);
  }

  @Override
  public PCollection<Sale> expand(PCollection<OrderLines> orders) {
    return orders.apply("Find removed lines", ParDo.of(new FindRemovedLinesFn(warehouse)));
  }

  /** Looks for the orders of a bundle together. */
  static final class FindRemovedLinesFn extends DoFn<OrderLines, Sale> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_BUFFERED = 5_000;

    private final DatabaseAddress warehouse;
    private transient List<OrderLines> buffer;

    FindRemovedLinesFn(DatabaseAddress warehouse) {
      this.warehouse = warehouse;
    }

    @StartBundle
    public void startBundle() {
      buffer = new ArrayList<>();
    }

    @ProcessElement
    public void process(@Element OrderLines order, OutputReceiver<Sale> out) throws SQLException {
      buffer.add(order);
      if (buffer.size() >= MAX_BUFFERED) {
        gone().forEach(out::output);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws SQLException {
      Instant time = GlobalWindow.TIMESTAMP_MIN_VALUE;
      gone().forEach(sale -> context.output(sale, time, GlobalWindow.INSTANCE));
    }

    private List<Sale> gone() throws SQLException {
      List<Sale> gone = new ArrayList<>();
      if (buffer.isEmpty()) {
        return gone;
      }
      Map<String, OrderLines> byNumber = new HashMap<>();
      buffer.forEach(order -> byNumber.put(order.getOrderNumber(), order));
      buffer = new ArrayList<>();
      try (Connection connection = Postgres.open(warehouse);
          PreparedStatement select =
              connection.prepareStatement(
                  "SELECT order_id, order_number, source FROM fact_sales"
                      // What the index that finds them has.
                      + " WHERE source <> 'oltp' AND order_number = ANY (?) AND NOT is_deleted")) {
        select.setArray(1, connection.createArrayOf("text", byNumber.keySet().toArray()));
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            OrderLines order = byNumber.get(row.getString(2));
            String line = row.getString(1);
            if (order.getSource().equals(row.getString(3)) && !order.getOrderIds().contains(line)) {
              gone.add(delete(order, line));
            }
          }
        }
      }
      return gone;
    }

    private static Sale delete(OrderLines order, String line) {
      return Sale.builder()
          .setSource(order.getSource())
          .setPosition(new SourcePosition(order.getPosition()).withoutLine(line).text())
          .setOperation(Operation.DELETE)
          .setOrderId(line)
          .setPlatform(order.getPlatform())
          .setStamp(ChangeStamp.polled(order.getModifiedMicros()))
          .build();
    }
  }
}
