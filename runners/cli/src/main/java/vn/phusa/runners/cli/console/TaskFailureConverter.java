package vn.phusa.runners.cli.console;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.runners.jobs.failure.Failure;

/**
 * A line of the log for a task of Flink that failed: why, and nothing of the rows that it had at
 * hand, which Flink's own line may quote. Nothing for what else is logged of tasks.
 */
public final class TaskFailureConverter extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return event.getThrowableProxy() instanceof ThrowableProxy proxy && !StopRequest.isMade()
        ? "a task failed: " + Failure.of(proxy.getThrowable()).line() + System.lineSeparator()
        : "";
  }
}
