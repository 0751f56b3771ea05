package vn.phusa.runners.jobs.failure;

import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.RetriableException;
import vn.phusa.pipelines.io.tls.TlsFailure;

/**
 * Why Kafka cannot be used. What a client says is repeated only where it can hold no setting's
 * value.
 */
public final class KafkaProblem {
  private KafkaProblem() {}

  /**
   * What to throw for a failure of a client.
   *
   * @param failure what the client threw, not wrapped
   */
  public static ServiceUnavailableException unusable(Throwable failure) {
    return new ServiceUnavailableException(
        "Kafka (--kafkaBootstrapServers): " + line(failure),
        failure instanceof RetriableException,
        failure);
  }

  private static String line(Throwable failure) {
    Optional<TlsFailure> tls = TlsFailure.of(failure);
    if (tls.isPresent()) {
      return tls.get().line();
    }
    if (failure instanceof AuthorizationException) {
      // It names the group or topic.
      return "access refused: " + failure.getMessage();
    }
    if (failure instanceof AuthenticationException) {
      return "access refused";
    }
    if (failure instanceof KafkaStorageException) {
      return "it cannot write to its disk, which may be full";
    }
    if (failure instanceof RetriableException) {
      return "cannot be reached";
    }
    return failure instanceof ApiException
        ? "a request was refused (" + failure.getClass().getSimpleName() + ")"
        // Settings that are wrong, or a host that nobody knows.
        : "no client can be made of the servers and --kafkaProperties";
  }
}
