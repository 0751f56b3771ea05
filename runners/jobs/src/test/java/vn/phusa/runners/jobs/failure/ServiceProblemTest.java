package vn.phusa.runners.jobs.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import vn.phusa.pipelines.io.waiting.NoAnswerException;

class ServiceProblemTest {
  private static final String KAFKA = "Kafka (--kafkaBootstrapServers): ";

  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of(new SQLException("h", "08006"), "a database: the connection was lost", true),
        Arguments.of(new SQLException("h", "53100"), "a database: its disk is full", true),
        Arguments.of(new JedisDataException("OOM command not allowed"), "Redis: it is out", true),
        Arguments.of(new JedisDataException("MISCONF h"), "Redis: it cannot save", true),
        Arguments.of(
            new SQLException("h", "08006", new NoAnswerException("the warehouse is silent", null)),
            "the warehouse is silent",
            true),
        Arguments.of(new SQLException("h", "28P01"), "a database: password refused", false),
        Arguments.of(new JedisConnectionException("h"), "Redis: cannot be reached", true),
        Arguments.of(new JedisAccessControlException("h"), "Redis: access refused", false),
        Arguments.of(new TimeoutException("h"), KAFKA + "cannot be reached", true),
        Arguments.of(new KafkaStorageException("h"), KAFKA + "it cannot write to its disk", true),
        Arguments.of(new DisconnectException("h"), KAFKA + "cannot be reached", true),
        Arguments.of(new SaslAuthenticationException("h"), KAFKA + "access refused", false),
        Arguments.of(new TopicAuthorizationException("h"), KAFKA + "access refused", false));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aServiceThatFailsAPipelineCannotBeUsed(Exception cause, String line, boolean isRetryable) {
    Exception failure = new RuntimeException(new ExecutionException(cause));

    assertThat(Failure.of(failure).code()).isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(Failure.of(failure).line()).startsWith(line);
    assertThat(Failure.isRetryable(failure)).isEqualTo(isRetryable);
  }

  static Stream<Exception> others() {
    return Stream.of(
        new SQLException("value (An)", "22001"),
        new JedisDataException("WRONGTYPE a key of An"),
        new RecordTooLargeException("An"),
        new KafkaException("An"),
        new ConnectException("An"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatIsNoFaultOfAServiceFailsThePipeline(Exception cause) {
    Failure failure = Failure.of(new RuntimeException(cause));

    assertThat(failure.code()).isEqualTo(ExitCode.PIPELINE_FAILED);
    assertThat(failure.line()).doesNotContain("An");
  }
}
