package vn.phusa.runners.jobs.failure;

import java.sql.SQLException;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.TimeoutException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import vn.phusa.pipelines.io.kafka.decode.RegistryUnusableException;
import vn.phusa.pipelines.io.postgres.DatabaseFailedException;
import vn.phusa.pipelines.io.tls.TlsFailure;
import vn.phusa.pipelines.io.waiting.NoAnswerException;
import vn.phusa.pipelines.io.warehouse.ledger.DamagedWatermarkException;

/**
 * Why a service cannot be used, by what its client throws once a pipeline runs. The clients' own
 * messages are not repeated: they name hosts and may quote records.
 *
 * @param line what a person should know
 * @param isRetryable whether it may be gone a little later
 */
public record ServiceProblem(String line, boolean isRetryable) {

  /** The problem; empty if the failure is not that of a service as a whole. */
  public static Optional<ServiceProblem> of(Throwable e) {
    if (e instanceof NoAnswerException || e.getCause() instanceof NoAnswerException) {
      String line = (e instanceof NoAnswerException ? e : e.getCause()).getMessage();
      return Optional.of(new ServiceProblem(line, true));
    }
    if (e instanceof DatabaseFailedException named) {
      String who = named.service() + " (--" + named.option() + "): ";
      return DatabaseProblem.of(named.failure(), null)
          .map(problem -> new ServiceProblem(who + problem.line(), problem.isRetryable()));
    }
    if (e instanceof SQLException sql) {
      return DatabaseProblem.of(sql, null)
          .map(
              problem ->
                  new ServiceProblem("a database: " + problem.line(), problem.isRetryable()));
    }
    if (e instanceof DamagedWatermarkException damaged) {
      return Optional.of(new ServiceProblem(damaged.getMessage(), false));
    }
    if (e instanceof RegistryUnusableException registry) {
      return Optional.of(new ServiceProblem(registry.getMessage(), registry.isRetryable()));
    }
    if (e instanceof JedisConnectionException redis) {
      ServiceProblem problem = ofRedis(redis);
      return Optional.of(new ServiceProblem("Redis: " + problem.line(), problem.isRetryable()));
    }
    if (e instanceof JedisAccessControlException) {
      return Optional.of(new ServiceProblem("Redis: access refused", false));
    }
    if (e instanceof JedisDataException data && data.getMessage() != null) {
      return redis(data.getMessage());
    }
    if (isOfKafka(e)) {
      ServiceUnavailableException unusable = KafkaProblem.unusable(e);
      return Optional.of(new ServiceProblem(unusable.getMessage(), unusable.isRetryable()));
    }
    return FlinkProblem.of(e);
  }

  /** Of what it lacks, not of a key: only these words begin so. */
  private static Optional<ServiceProblem> redis(String message) {
    if (message.startsWith("OOM ")) {
      return Optional.of(new ServiceProblem("Redis: it is out of memory (maxmemory)", true));
    }
    if (message.startsWith("MISCONF ")) {
      return Optional.of(
          new ServiceProblem("Redis: it cannot save to its disk, which may be full", true));
    }
    return message.startsWith("READONLY ")
        ? Optional.of(new ServiceProblem("Redis: it is read-only", true))
        : Optional.empty();
  }

  /** Why there is no connection to Redis, without its name. */
  public static ServiceProblem ofRedis(JedisConnectionException e) {
    return TlsFailure.of(e)
        .map(tls -> new ServiceProblem(tls.line(), tls.isRetryable()))
        .orElse(new ServiceProblem("cannot be reached", true));
  }

  /** Its other failures may be those of a record. */
  private static boolean isOfKafka(Throwable e) {
    return e instanceof TimeoutException
        || e instanceof DisconnectException
        || e instanceof KafkaStorageException
        || e instanceof AuthenticationException
        || e instanceof AuthorizationException;
  }
}
