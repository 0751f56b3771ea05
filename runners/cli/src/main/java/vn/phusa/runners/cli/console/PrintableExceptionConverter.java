package vn.phusa.runners.cli.console;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.PrintableText;

/** The stack trace of a line of the log; each exception's message is one line. */
public final class PrintableExceptionConverter extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy failure) {
    return super.throwableProxyToString(new Printable(failure));
  }

  /** A failure with a message that can be printed, and its causes likewise. */
  private record Printable(IThrowableProxy failure) implements IThrowableProxy {

    @Override
    public @Nullable String getMessage() {
      String message = failure.getMessage();
      return message == null ? null : PrintableText.line(message);
    }

    @Override
    public String getClassName() {
      return failure.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return failure.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return failure.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
      return failure.getCause() == null ? null : new Printable(failure.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
      return Stream.of(failure.getSuppressed()).map(Printable::new).toArray(Printable[]::new);
    }

    @Override
    public boolean isCyclic() {
      return failure.isCyclic();
    }
  }
}
