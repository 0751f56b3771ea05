package vn.phusa.pipelines.io.redis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import vn.phusa.options.address.RedisAddress;

/** The five-minute windows as Redis shows them. Not thread-safe. */
public final class WindowBoard implements AutoCloseable {
  private final Jedis redis;

  /**
   * A window's numbers for one platform and region.
   *
   * @param orders order lines, those without an amount too
   * @param revenueVnd whole dong
   */
  public record Line(
      Instant start, String platform, String region, long orders, BigDecimal revenueVnd) {}

  private WindowBoard(Jedis redis) {
    this.redis = redis;
  }

  /**
   * Connects.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be reached or refuses
   */
  public static WindowBoard of(RedisAddress address) {
    return new WindowBoard(Redis.open(address));
  }

  /**
   * What is shown of the windows that begin then or later, by start.
   *
   * @param earliest a whole second
   * @throws redis.clients.jedis.exceptions.JedisException if Redis does not answer
   */
  public List<Line> since(Instant earliest) {
    List<Line> lines = new ArrayList<>();
    String from = Long.toString(earliest.getEpochSecond());
    for (String text : redis.zrangeByScore(RedisWindowStore.INDEX, from, "+inf")) {
      Instant start = Instant.parse(text);
      List<String> keys = RedisWindowStore.keysShown(redis, start);
      List<Response<Map<String, String>>> hashes = new ArrayList<>();
      try (Pipeline pipeline = redis.pipelined()) {
        keys.forEach(key -> hashes.add(pipeline.hgetAll(key)));
        pipeline.sync();
      }
      for (int i = 0; i < keys.size(); i++) {
        Map<String, String> hash = hashes.get(i).get();
        if (!hash.isEmpty()) {
          String of = keys.get(i).substring(RedisWindowStore.prefix(start).length());
          lines.add(line(start, of, hash));
        }
      }
    }
    return lines;
  }

  /** A platform may be called anything; a region holds no colon. */
  private static Line line(Instant start, String platformAndRegion, Map<String, String> hash) {
    int colon = platformAndRegion.lastIndexOf(':');
    return new Line(
        start,
        platformAndRegion.substring(0, colon),
        platformAndRegion.substring(colon + 1),
        Long.parseLong(hash.get("order_count")),
        new BigDecimal(hash.get("total_revenue_vnd")));
  }

  @Override
  public void close() {
    redis.close();
  }
}
