package vn.phusa.pipelines.io.waiting;

import java.io.IOException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A service said nothing for longer than it may. The message is one line for a person. */
public final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  public NoAnswerException(String line, @Nullable Throwable cause) {
    super(line, cause);
  }
}
