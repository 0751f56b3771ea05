package vn.phusa.runners.jobs.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaProblemTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            GroupAuthorizationException.forGroupId("phusa"),
            "access refused: Not authorized to access group: phusa",
            false),
        Arguments.of(new SaslAuthenticationException("user an"), "access refused", false),
        Arguments.of(new TimeoutException("x"), "cannot be reached", true),
        Arguments.of(
            new InvalidGroupIdException("x"),
            "a request was refused (InvalidGroupIdException)",
            false),
        Arguments.of(
            new ConfigException("ssl.key.password", "hunter2"),
            "no client can be made of the servers and --kafkaProperties",
            false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureOfAClientIsAServiceThatCannotBeUsed(
      Throwable failure, String line, boolean isRetryable) {
    ServiceUnavailableException unusable = KafkaProblem.unusable(failure);

    assertThat(Failure.of(unusable))
        .isEqualTo(
            new Failure(ExitCode.SERVICE_UNUSABLE, "Kafka (--kafkaBootstrapServers): " + line));
    assertThat(unusable.isRetryable()).isEqualTo(isRetryable);
  }
}
