package vn.phusa.pipelines.io.redis;

import com.google.common.collect.Iterables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.pipelines.io.postgres.RetriedQueries;
import vn.phusa.pipelines.io.warehouse.window.WindowTotals;

/** Five-minute windows from fact_sales_realtime to Redis. For one thread. */
final class WindowDisplay implements AutoCloseable {
  /** Few enough for one statement, and for one step of Redis, which does nothing else then. */
  private static final int AT_ONCE = 200;

  private final RetriedQueries queries;
  private final RedisWindowStore store;

  WindowDisplay(DatabaseAddress warehouse, RedisAddress redis, Duration timeToLive) {
    this.queries = new RetriedQueries(warehouse);
    this.store = new RedisWindowStore(redis, timeToLive);
  }

  /** Shows windows as the table has them now. */
  void show(Collection<Long> starts) throws SQLException {
    for (List<Long> some : Iterables.partition(new TreeSet<>(starts), AT_ONCE)) {
      store.show(queries.ask(connection -> WindowTotals.read(connection, some)));
    }
  }

  /** Asks the warehouse. */
  <R> R ask(RetriedQueries.Query<R> query) throws SQLException {
    return queries.ask(query);
  }

  RedisWindowStore store() {
    return store;
  }

  @Override
  public void close() {
    queries.close();
    store.close();
  }
}
