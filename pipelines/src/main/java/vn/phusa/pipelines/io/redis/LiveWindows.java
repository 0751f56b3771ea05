package vn.phusa.pipelines.io.redis;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.pipelines.io.warehouse.window.RecentlyTouchedWindows;
import vn.phusa.pipelines.io.warehouse.window.WindowTotals;

/**
 * Shows five-minute windows whatever the stream remembers: at its start all that sales touched
 * within the windows' time to live, then regularly those touched since Redis was last known to show
 * all. Emits their starts.
 *
 * <p>Up to when it shows all stands in Redis, and is lost with what it shows: so a start without
 * any state shows every window right, and so does the stream after a Redis that came back empty, or
 * older than it was.
 */
public final class LiveWindows extends PTransform<PBegin, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  /** How often Redis is polled for being empty. */
  private static final Duration TICK = Duration.ofMinutes(1);

  /** At every how many of these windows are shown to a Redis that is not. */
  private static final long TICKS = 10;

  /** Sales are written some time before they are committed, and seen. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private final DatabaseAddress warehouse;
  private final RedisAddress redis;
  private final Duration timeToLive;
  private final boolean onlyAtStart;

  private LiveWindows(
      DatabaseAddress warehouse, RedisAddress redis, Duration timeToLive, boolean onlyAtStart) {
    this.warehouse = warehouse;
    this.redis = redis;
    this.timeToLive = timeToLive;
    this.onlyAtStart = onlyAtStart;
  }

  /**
   * @param warehouse where the sales are
   * @param timeToLive how long a window is shown after it was written
   */
  public static LiveWindows of(DatabaseAddress warehouse, RedisAddress redis, Duration timeToLive) {
    return new LiveWindows(warehouse, redis, timeToLive, false);
  }

  /** Only those of the start: what is emitted is bounded. */
  public LiveWindows onlyAtStart() {
    return new LiveWindows(warehouse, redis, timeToLive, true);
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    GenerateSequence ticks =
        onlyAtStart
            ? GenerateSequence.from(0).to(1)
            : GenerateSequence.from(0).withRate(1, org.joda.time.Duration.millis(TICK.toMillis()));
    return begin
        .apply("Schedule refreshes", ticks)
        .apply("Show windows", ParDo.of(new LiveWindowsFn(warehouse, redis, timeToLive)))
        .setCoder(VarLongCoder.of());
  }

  static final class LiveWindowsFn extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LiveWindowsFn.class);

    private final DatabaseAddress warehouse;
    private final RedisAddress redis;
    private final Duration timeToLive;

    LiveWindowsFn(DatabaseAddress warehouse, RedisAddress redis, Duration timeToLive) {
      this.warehouse = warehouse;
      this.redis = redis;
      this.timeToLive = timeToLive;
    }

    @ProcessElement
    public void process(@Element Long tick, OutputReceiver<Long> out) throws SQLException {
      try (WindowDisplay display = new WindowDisplay(warehouse, redis, timeToLive)) {
        show(tick, display).forEach(out::output);
      } catch (JedisException e) {
        if (tick == 0) {
          throw e;
        }
        // Nothing is lost: the next reads as far back as this one did.
        LOG.warn("live windows are shown at the next try: {}", e.toString());
      }
    }

    private List<Long> show(long tick, WindowDisplay display) throws SQLException {
      WindowTotals now = display.ask(WindowTotals::ofNone);
      RedisWindowStore store = display.store();
      Instant until = store.completeUntil(now.warehouse());
      int connections = store.connections();
      if (!until.equals(RedisWindowStore.NEVER) && tick % TICKS != 0) {
        return List.of();
      }
      Instant since = now.readAt().minus(timeToLive);
      if (tick != 0 && until.minus(OVERLAP).isAfter(since)) {
        since = until.minus(OVERLAP);
      }
      Instant from = since;
      List<Long> starts = display.ask(connection -> RecentlyTouchedWindows.since(connection, from));
      display.show(starts);
      // A Redis that was away meanwhile may have forgotten the first of them: not all is known to
      // be there before the next tick has polled again.
      if (store.connections() == connections) {
        store.setCompleteUntil(now.warehouse(), until, now.readAt());
      }
      return starts;
    }
  }
}
