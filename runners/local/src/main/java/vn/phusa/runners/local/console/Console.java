package vn.phusa.runners.local.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where output goes: results to {@code out}, what is going on and what went wrong to {@code err}.
 *
 * @param terminal whether a person watches {@code err}, so that a line may be written over
 * @param columns how wide text may be
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, int columns) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int WIDEST = 110;

  /** The process's own, as the launcher saw it; UTF-8 whatever the locale. */
  public static Console ofProcess() {
    return new Console(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Boolean.getBoolean("phusa.terminal"),
        Math.min(WIDEST, Math.max(60, Integer.getInteger("phusa.columns", DEFAULT_COLUMNS))));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
