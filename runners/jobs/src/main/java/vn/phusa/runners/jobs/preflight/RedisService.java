package vn.phusa.runners.jobs.preflight;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.RedisOptions;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.redis.Redis;
import vn.phusa.pipelines.io.redis.RedisTls;
import vn.phusa.runners.jobs.failure.ServiceProblem;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** The Redis of the five-minute windows. */
record RedisService() implements ServiceAccess<RedisAddress> {
  /** Of connecting and of answering, which are waited for one after the other. */
  private static final Duration TIMEOUT = Duration.ofSeconds(SECONDS).dividedBy(2);

  @Override
  public Optional<RedisAddress> address(PipelineOptions options) {
    return RedisAddress.of(options);
  }

  @Override
  public void checkGiven(RedisAddress given) {
    requireHost(given);
    GivenSecret.check("redisPassword", given.password());
    RedisTls.check(given);
  }

  @Override
  public void checkConnects(RedisAddress given) {
    requireHost(given);
    try (Jedis redis = Redis.open(given, TIMEOUT, TIMEOUT)) {
      redis.ping();
    } catch (JedisConnectionException e) {
      ServiceProblem problem = ServiceProblem.ofRedis(e);
      throw new ServiceUnavailableException(
          "Redis (--redisUri): " + problem.line(), problem.isRetryable(), e);
    } catch (JedisException e) {
      throw new ServiceUnavailableException(
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

  private static void requireHost(RedisAddress address) {
    try {
      if (URI.create(address.uri()).getHost() != null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without what was written.
    }
    throw new InvalidOptionException("redisUri", "redis(s)://host:port/database expected");
  }
}
