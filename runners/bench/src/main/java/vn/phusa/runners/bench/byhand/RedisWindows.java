package vn.phusa.runners.bench.byhand;

import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.functions.sink.RichSinkFunction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Writes windows into Redis. There are few: some dozens a minute. */
final class RedisWindows extends RichSinkFunction<ShownWindow> {
  private static final long serialVersionUID = 1L;
  private static final long TIME_TO_LIVE_SECONDS = Duration.ofHours(48).toSeconds();

  private final String uri;
  private transient Jedis jedis;

  RedisWindows(String uri) {
    this.uri = uri;
  }

  @Override
  public void open(Configuration configuration) {
    jedis = new Jedis(uri);
  }

  @Override
  public void invoke(ShownWindow window, Context context) {
    try (Pipeline pipeline = jedis.pipelined()) {
      pipeline.hset(window.key, window.fields);
      pipeline.expire(window.key, TIME_TO_LIVE_SECONDS);
      pipeline.zadd("sales:5m:windows", window.startSecond, window.start);
      pipeline.sync();
    }
  }

  @Override
  public void close() {
    if (jedis != null) {
      jedis.close();
    }
  }
}
