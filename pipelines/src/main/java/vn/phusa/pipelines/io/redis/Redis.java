package vn.phusa.pipelines.io.redis;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.JedisURIHelper;
import vn.phusa.options.address.RedisAddress;

/** Opens connections. */
public final class Redis {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private Redis() {}

  /**
   * A new connection; the caller closes it. The secret is resolved here, on the machine that
   * connects.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if Redis cannot be reached or refuses
   */
  public static Jedis open(RedisAddress address) {
    return open(address, CONNECT, ANSWER);
  }

  /**
   * As {@link #open(RedisAddress)}, with another timeout.
   *
   * @param connect how long it may take to connect
   * @param answer how long an answer may take
   */
  public static Jedis open(RedisAddress address, Duration connect, Duration answer) {
    URI uri = URI.create(address.uri());
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis((int) connect.toMillis())
            .socketTimeoutMillis((int) answer.toMillis())
            .database(JedisURIHelper.getDBIndex(uri))
            .clientName("phusa");
    RedisTls.apply(address, config);
    if (address.user() != null) {
      config.user(address.user());
    }
    if (address.password() != null) {
      config.password(address.password().resolve());
    }
    int port = uri.getPort() < 0 ? Protocol.DEFAULT_PORT : uri.getPort();
    return new Jedis(new HostAndPort(uri.getHost(), port), config.build());
  }
}
