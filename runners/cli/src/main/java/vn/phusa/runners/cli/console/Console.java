package vn.phusa.runners.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * Where output goes: results to {@code out}, what is going on and what went wrong to {@code err}.
 * Text of others is escaped on its way there.
 *
 * @param terminal whether a person watches {@code err}, so that a line may be written over
 * @param columns how wide text may be
 */
public record Console(TerminalStream out, TerminalStream err, boolean terminal, int columns) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int WIDEST = 110;

  /** Prints to streams that take bytes. */
  public Console(OutputStream out, OutputStream err, boolean terminal, int columns) {
    this(new TerminalStream(out), new TerminalStream(err), terminal, columns);
  }

  /** The process's own, as the launcher saw it; UTF-8 whatever the locale. */
  public static Console ofProcess() {
    return new Console(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Boolean.getBoolean("phusa.terminal"),
        Math.min(WIDEST, Math.max(60, Integer.getInteger("phusa.columns", DEFAULT_COLUMNS))));
  }

  /**
   * Lets what libraries print by themselves go the same way: the stack trace of a thread that
   * nobody watches shows messages which may quote anything.
   */
  public void takeOver() {
    System.setOut(out);
    System.setErr(err);
  }

  private static TerminalStream stream(FileDescriptor descriptor) {
    return new TerminalStream(new FileOutputStream(descriptor));
  }
}
