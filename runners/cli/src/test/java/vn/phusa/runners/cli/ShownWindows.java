package vn.phusa.runners.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.EmbeddedRedis;

/** One database of Redis, and the five-minute windows that are shown in it. */
public record ShownWindows(EmbeddedRedis redis, int number) {
  private static final String HOST = "127.0.0.1";

  /** Empties it. */
  public ShownWindows emptied() {
    try (Jedis jedis = open()) {
      jedis.flushDB();
    }
    return this;
  }

  public String uri() {
    return "redis://%s:%d/%d".formatted(HOST, redis.port(), number);
  }

  public List<String> arguments() {
    return List.of(
        "--redisUri=" + uri(), "--redisPassword=" + SecretReference.toFile(redis.passwordFile()));
  }

  /** The numbers by "start platform region", the time of writing apart. */
  public SortedMap<String, String> numbers() {
    SortedMap<String, String> numbers = new TreeMap<>();
    try (Jedis jedis = open()) {
      for (String key : jedis.keys("sales:5m:[0-9]*")) {
        Map<String, String> hash = jedis.hgetAll(key);
        numbers.put(
            key,
            String.join(
                " ",
                hash.get("window_end"),
                hash.get("order_count"),
                hash.get("total_revenue_vnd"),
                hash.getOrDefault("avg_order_value_vnd", "-")));
      }
      numbers.put("index", String.join(" ", jedis.zrange("sales:5m:windows", 0, -1)));
    }
    return numbers;
  }

  /** What has to be shown of a warehouse: the GROUP BY over its sales. */
  public static SortedMap<String, String> expected(ShopAndWarehouse database) throws SQLException {
    SortedMap<String, String> numbers = new TreeMap<>();
    SortedSet<String> starts = new TreeSet<>();
    String iso = "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
    for (List<String> row :
        database.warehouseRows(
            ("SELECT %s, %s, platform, region, order_count, total_revenue_vnd,"
                    + " coalesce(avg_order_value_vnd::text, '-') FROM sales_window")
                .formatted(iso.formatted("window_start"), iso.formatted("window_end")))) {
      starts.add(row.get(0));
      numbers.put(
          "sales:5m:%s:%s:%s".formatted(row.get(0), row.get(2), row.get(3)),
          String.join(" ", row.get(1), row.get(4), row.get(5), row.get(6)));
    }
    numbers.put("index", String.join(" ", starts));
    return numbers;
  }

  private Jedis open() {
    return new Jedis(
        new HostAndPort(HOST, redis.port()),
        DefaultJedisClientConfig.builder().password(redis.password()).database(number).build());
  }
}
