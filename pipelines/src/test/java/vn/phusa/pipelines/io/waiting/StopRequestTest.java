package vn.phusa.pipelines.io.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoInterruptedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StopRequestTest {

  @AfterEach
  void unmark() {
    Thread.interrupted();
  }

  static Stream<Throwable> interruptions() {
    return Stream.of(
        new InterruptedException(),
        new ClosedByInterruptException(),
        new InterruptedIOException("interrupted"),
        new InterruptException("interrupted"),
        new MongoInterruptedException("interrupted", null));
  }

  @ParameterizedTest
  @MethodSource("interruptions")
  void anInterruptionIsReportedHoweverItIsWrapped(Throwable interruption) {
    // Kafka's marks the thread where it is made.
    Thread.interrupted();

    assertThat(StopRequest.explains(interruption)).isTrue();
    assertThat(
            StopRequest.explains(
                new IllegalStateException(
                    new SQLException(
                        "no connection", "08001", new RuntimeException(interruption)))))
        .isTrue();
  }

  @Test
  void aFailureOfItsOwnIsNone() {
    assertThat(StopRequest.explains(new IllegalStateException(new IOException("broken"))))
        .isFalse();
    assertThat(StopRequest.explains(new UncheckedIOException(new SocketTimeoutException("slow"))))
        .isFalse();
  }

  @Test
  void whateverFailsInAnInterruptedThreadIsOne() {
    Thread.currentThread().interrupt();

    assertThat(StopRequest.explains(new IllegalStateException("swallowed"))).isTrue();
  }

  @Test
  void aCauseThatIsItsOwnCauseEnds() {
    Exception outer = new Exception();
    Exception inner = new Exception(outer);
    outer.initCause(inner);

    assertThat(StopRequest.explains(outer)).isFalse();
  }

  @Test
  void whatMustBeDoneIsDoneByAThreadThatIsNotMarked() {
    Thread.currentThread().interrupt();
    boolean[] marked = {true};

    StopRequest.despite(() -> marked[0] = Thread.currentThread().isInterrupted());

    assertThat(marked[0]).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
