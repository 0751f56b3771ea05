package vn.phusa.pipelines.io.redis;

import java.net.URI;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisURIHelper;
import vn.phusa.options.RedisAddress;

/** Opens connections. */
public final class Redis {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 15_000;

  private Redis() {}

  /**
   * A new connection; the caller closes it. The secret is resolved here, on the machine that
   * connects.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be reached or refuses
   */
  public static Jedis open(RedisAddress address) {
    URI uri = URI.create(address.uri());
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(CONNECT_MILLIS)
            .socketTimeoutMillis(ANSWER_MILLIS)
            .database(JedisURIHelper.getDBIndex(uri))
            .ssl(JedisURIHelper.isRedisSSLScheme(uri))
            .clientName("phusa");
    if (address.user() != null) {
      config.user(address.user());
    }
    if (address.password() != null) {
      config.password(address.password().resolve());
    }
    return new Jedis(JedisURIHelper.getHostAndPort(uri), config.build());
  }
}
