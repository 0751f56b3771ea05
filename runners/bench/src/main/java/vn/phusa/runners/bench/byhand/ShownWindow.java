package vn.phusa.runners.bench.byhand;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** A window as Redis shows it. */
public final class ShownWindow {
  public String start;
  public long startSecond;
  public String key;
  public Map<String, String> fields;

  /** For Flink. */
  public ShownWindow() {}

  /** Adds to the sums whose they are. */
  static final class Of extends ProcessWindowFunction<WindowSum, ShownWindow, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
        String key, Context context, Iterable<WindowSum> sums, Collector<ShownWindow> out) {
      WindowSum sum = sums.iterator().next();
      Instant start = Instant.ofEpochMilli(context.window().getStart());
      Map<String, String> fields = new HashMap<>();
      fields.put("order_count", Long.toString(sum.orders));
      fields.put("total_revenue_vnd", Long.toString(sum.revenueVnd));
      if (sum.amounts > 0) {
        fields.put(
            "avg_order_value_vnd",
            BigDecimal.valueOf(sum.revenueVnd)
                .divide(BigDecimal.valueOf(sum.amounts), 0, RoundingMode.HALF_UP)
                .toPlainString());
      }
      fields.put("window_start", start.toString());
      fields.put("window_end", Instant.ofEpochMilli(context.window().getEnd()).toString());
      fields.put("updated_at", Instant.now().toString());
      ShownWindow shown = new ShownWindow();
      shown.start = start.toString();
      shown.startSecond = start.getEpochSecond();
      shown.key = "sales:5m:" + start + ":" + key;
      shown.fields = fields;
      out.collect(shown);
    }
  }
}
