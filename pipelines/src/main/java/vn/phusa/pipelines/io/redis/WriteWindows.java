package vn.phusa.pipelines.io.redis;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.pipelines.io.warehouse.window.WindowTotals;

/**
 * Shows five-minute windows in Redis as fact_sales_realtime has them now. In come the starts of
 * windows, in microseconds since 1970-01-01 UTC, of which sales are committed already; the same
 * come out once they are shown.
 *
 * <p>The numbers are absolute, and computed from the table each time: a window may be asked for any
 * number of times, by any worker, in any order ({@link WindowTotals}, {@link RedisWindowStore}).
 */
public final class WriteWindows extends PTransform<PCollection<Long>, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  /** How long a window is shown after it was written where nothing else is said. */
  public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofHours(48);

  private static final TupleTag<Long> SHOWN = new TupleTag<>("shown") {};

  private final DatabaseAddress warehouse;
  private final RedisAddress redis;
  private final Duration timeToLive;

  private WriteWindows(DatabaseAddress warehouse, RedisAddress redis, Duration timeToLive) {
    this.warehouse = warehouse;
    this.redis = redis;
    this.timeToLive = timeToLive;
  }

  /**
   * @param warehouse where the sales are
   */
  public static WriteWindows of(DatabaseAddress warehouse, RedisAddress redis) {
    return new WriteWindows(warehouse, redis, DEFAULT_TIME_TO_LIVE);
  }

  /** Shows a window for another time after it was written; at least a millisecond. */
  public WriteWindows withTimeToLive(Duration other) {
    if (other.toMillis() <= 0) {
      throw new IllegalArgumentException("the time to live is not positive: " + other);
    }
    return new WriteWindows(warehouse, redis, other);
  }

  @Override
  public PCollection<Long> expand(PCollection<Long> starts) {
    return starts
        .apply(
            "Show windows",
            ParDo.of(new WriteWindowsFn(warehouse, redis, timeToLive))
                .withOutputTags(SHOWN, TupleTagList.empty()))
        .get(SHOWN)
        .setCoder(VarLongCoder.of());
  }

  static final class WriteWindowsFn extends BundledFn<Long, Long> {
    private static final long serialVersionUID = 1L;

    private final DatabaseAddress warehouse;
    private final RedisAddress redis;
    private final Duration timeToLive;
    private transient WindowDisplay display;

    WriteWindowsFn(DatabaseAddress warehouse, RedisAddress redis, Duration timeToLive) {
      this.warehouse = warehouse;
      this.redis = redis;
      this.timeToLive = timeToLive;
    }

    @Setup
    public void setup() {
      display = new WindowDisplay(warehouse, redis, timeToLive);
    }

    @Override
    protected void handle(List<Long> starts, Outputs out) throws SQLException {
      Set<Long> distinct = new TreeSet<>(starts);
      display.show(distinct);
      distinct.forEach(start -> out.output(SHOWN, start));
    }

    @Teardown
    public void teardown() {
      if (display != null) {
        display.close();
      }
    }
  }
}
