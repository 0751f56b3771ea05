package vn.phusa.pipelines.io.warehouse.window;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.pipelines.io.postgres.RetriedQueries;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.pipelines.io.warehouse.fact.FactRealtimeSales;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.windows.SalesWindows;

/**
 * Finds which five-minute windows have to be shown again after sales were written, and which of the
 * sales no window counts.
 *
 * <p>Of every committed sale the window is touched, and so are the one that counts the order now
 * and those that it has left: a sale that is older than the order's row can be what lets it count.
 * A sale that came too late is a dead letter, reason {@code too_late}, while the windows do not
 * count its order: so each sale is either in a window or among the dead letters. Its row in
 * fact_sales_realtime stands all the same.
 */
public final class TouchedWindows extends PTransform<PCollection<RealtimeSale>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The starts of the windows, microseconds since 1970-01-01 UTC. */
  public static final TupleTag<Long> WINDOWS =
      new TupleTag<>() {
        private static final long serialVersionUID = 1L;
      };

  /** The sales that no window counts. */
  public static final TupleTag<DeadLetter> TOO_LATE =
      new TupleTag<>() {
        private static final long serialVersionUID = 1L;
      };

  private final DatabaseAddress warehouse;

  private TouchedWindows(DatabaseAddress warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * @param warehouse where the sales were committed
   */
  public static TouchedWindows in(DatabaseAddress warehouse) {
    return new TouchedWindows(warehouse);
  }

  @Override
  public PCollectionTuple expand(PCollection<RealtimeSale> committed) {
    PCollectionTuple touched =
        committed.apply(
            "Find windows",
            ParDo.of(new TouchedWindowsFn(warehouse))
                .withOutputTags(WINDOWS, TupleTagList.of(TOO_LATE)));
    touched.get(WINDOWS).setCoder(VarLongCoder.of());
    return touched;
  }

  /**
   * @param windows the starts of windows that count orders, or that orders have left
   * @param uncounted orders that no window counts
   */
  private record Orders(Set<Long> windows, Set<String> uncounted) {}

  static final class TouchedWindowsFn extends BundledFn<RealtimeSale, Long> {
    private static final long serialVersionUID = 1L;

    private final DatabaseAddress warehouse;
    private transient RetriedQueries queries;

    TouchedWindowsFn(DatabaseAddress warehouse) {
      this.warehouse = warehouse;
    }

    @Setup
    public void setup() {
      queries = new RetriedQueries(warehouse);
    }

    @Override
    protected void handle(List<RealtimeSale> sales, Outputs out) throws SQLException {
      Set<Long> windows = new TreeSet<>();
      List<String> ids = new ArrayList<>(sales.size());
      for (RealtimeSale sale : sales) {
        windows.add(SalesWindows.startOf(sale.getOrderMicros()));
        ids.add(sale.getOrderId());
      }
      Orders orders = queries.ask(connection -> unusual(connection, ids, windows));
      windows.addAll(orders.windows());
      windows.forEach(start -> out.output(WINDOWS, start));
      for (RealtimeSale sale : sales) {
        if (sale.getTooLate() && orders.uncounted().contains(sale.getOrderId())) {
          out.output(TOO_LATE, LateSale.deadLetterOf(sale));
        }
      }
    }

    /** Those that count in no window, in one that is not among the known, or no more in one. */
    private static Orders unusual(Connection connection, List<String> ids, Set<Long> known)
        throws SQLException {
      Orders orders = new Orders(new HashSet<>(), new HashSet<>());
      Array array = connection.createArrayOf("text", ids.toArray());
      Array starts = connection.createArrayOf("text", known.stream().map(MicrosText::of).toArray());
      try (PreparedStatement statement =
          connection.prepareStatement(
              String.format(
                  Locale.ROOT,
                  "SELECT s.order_id, s.in_windows, %1$s, l.start FROM fact_sales_realtime s"
                      + " LEFT JOIN LATERAL unnest(s.left_windows) AS l(start) ON true"
                      + " WHERE s.order_id = ANY (?) AND (NOT s.in_windows"
                      + " OR s.left_windows IS NOT NULL OR %1$s <> ALL (?::timestamptz[]))",
                  String.format(Locale.ROOT, FactRealtimeSales.WINDOW_START, "s")))) {
        statement.setArray(1, array);
        statement.setArray(2, starts);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            if (row.getBoolean(2)) {
              add(orders.windows(), MicrosText.get(row, 3));
            } else {
              orders.uncounted().add(row.getString(1));
            }
            add(orders.windows(), MicrosText.get(row, 4));
          }
        }
      } finally {
        array.free();
        starts.free();
      }
      return orders;
    }

    private static void add(Set<Long> windows, @Nullable Long start) {
      if (start != null) {
        windows.add(start);
      }
    }

    @Teardown
    public void teardown() {
      if (queries != null) {
        queries.close();
      }
    }
  }
}
