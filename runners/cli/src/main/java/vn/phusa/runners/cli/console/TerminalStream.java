package vn.phusa.runners.cli.console;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.PrintableText;

/**
 * Prints text in UTF-8 so that nothing in it can command a terminal: whatever is printed is {@link
 * PrintableText} by then, stack traces of libraries included. Our own commands go through {@link
 * #command}. Bytes that are written as bytes pass as they are: who writes them (the log's appender)
 * has made them printable.
 */
public final class TerminalStream extends PrintStream {

  /** Prints to another stream, line by line. */
  public TerminalStream(OutputStream to) {
    super(to, true, StandardCharsets.UTF_8);
  }

  /** Moves the cursor or erases: the only escape sequences that reach the terminal. */
  void command(String sequence) {
    byte[] bytes = sequence.getBytes(StandardCharsets.US_ASCII);
    write(bytes, 0, bytes.length);
    flush();
  }

  @Override
  public void print(@Nullable String text) {
    super.print(PrintableText.lines(String.valueOf(text)));
  }

  @Override
  public void print(@Nullable Object value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(char[] text) {
    print(new String(text));
  }

  @Override
  public void print(char c) {
    print(String.valueOf(c));
  }

  // A line and its end are to stand together whoever else prints.

  @Override
  public void println(@Nullable String text) {
    synchronized (this) {
      print(text);
      println();
    }
  }

  @Override
  public void println(@Nullable Object value) {
    println(String.valueOf(value));
  }

  @Override
  public void println(char[] text) {
    println(new String(text));
  }

  @Override
  public void println(char c) {
    println(String.valueOf(c));
  }

  @Override
  public TerminalStream append(@Nullable CharSequence text) {
    print(String.valueOf(text));
    return this;
  }

  @Override
  public TerminalStream append(@Nullable CharSequence text, int start, int end) {
    return append(String.valueOf(text).subSequence(start, end));
  }

  @Override
  public TerminalStream append(char c) {
    print(c);
    return this;
  }

  @Override
  public TerminalStream format(String format, Object... values) {
    return format(Locale.ROOT, format, values);
  }

  @Override
  public TerminalStream format(@Nullable Locale locale, String format, Object... values) {
    print(String.format(locale, format, values));
    return this;
  }
}
