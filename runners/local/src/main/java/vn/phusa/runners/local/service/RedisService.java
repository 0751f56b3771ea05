package vn.phusa.runners.local.service;

import java.net.URI;
import org.apache.beam.sdk.options.PipelineOptions;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.RedisAddress;
import vn.phusa.options.RedisOptions;
import vn.phusa.options.SecretReference;
import vn.phusa.runners.local.ServiceUnusableException;
import vn.phusa.runners.local.backend.EmbeddedStores;

/** The Redis of the five-minute windows. */
record RedisService() implements ServiceAccess {
  private static final int DEFAULT_PORT = 6379;

  @Override
  public boolean isGiven(PipelineOptions options) {
    return RedisAddress.of(options).isPresent();
  }

  @Override
  public void checkGiven(PipelineOptions options) {
    RedisAddress given = RedisAddress.of(options).orElseThrow();
    server(given);
    GivenSecret.check("redisPassword", given.password());
  }

  @Override
  public void checkConnects(PipelineOptions options) {
    RedisAddress given = RedisAddress.of(options).orElseThrow();
    try (Jedis redis = new Jedis(server(given), client(given))) {
      redis.ping();
    } catch (JedisConnectionException e) {
      throw new ServiceUnusableException("Redis (--redisUri): cannot be reached", true, e);
    } catch (JedisException e) {
      throw new ServiceUnusableException(
          "Redis (--redisUri): user, password or database refused", false, e);
    }
  }

  @Override
  public String startEmbedded(EmbeddedStores stores, PipelineOptions options) {
    EmbeddedStores.Redis redis = stores.redis();
    RedisOptions named = options.as(RedisOptions.class);
    named.setRedisUri(redis.uri());
    named.setRedisUser(null);
    named.setRedisPassword(SecretReference.toFile(redis.passwordFile()).toString());
    return ShellCommand.redisCli(redis);
  }

  private static HostAndPort server(RedisAddress address) {
    try {
      URI uri = URI.create(address.uri());
      if (uri.getHost() != null) {
        return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      // Told below, without what was written.
    }
    throw new InvalidOptionException("redisUri", "redis(s)://host:port/database expected");
  }

  private static JedisClientConfig client(RedisAddress address) {
    int millis = SECONDS * 1000 / 2;
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(millis)
        .socketTimeoutMillis(millis)
        .ssl(address.uri().startsWith("rediss:"))
        .user(address.user())
        .password(address.password() == null ? null : address.password().resolve())
        .database(JedisURIHelper.getDBIndex(URI.create(address.uri())))
        .build();
  }
}
