package vn.phusa.pipelines.io.marketplace;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPInputStream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The lines of a file, also of a gzipped one, without line ends and without the byte order mark. A
 * line may be put back to be read again.
 */
final class FeedLines implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final Deque<Line> putBack = new ArrayDeque<>();
  private long number;

  private FeedLines(InputStream in) {
    this.in = in;
  }

  /**
   * A line.
   *
   * @param number from 1
   * @param text what cannot be decoded stands as U+FFFD
   * @param problem why it cannot be used: "not_utf8", "too_long"; null where it can
   */
  record Line(long number, String text, @Nullable String problem) {}

  static FeedLines open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      bytes.mark(2);
      boolean isGzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
      bytes.reset();
      return new FeedLines(
          isGzip ? new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER) : bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The next line; null after the last. */
  @Nullable Line next() throws IOException {
    if (!putBack.isEmpty()) {
      return putBack.pop();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean tooLong = false;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (line.size() < PartSink.MOST_CHARACTERS) {
        line.write(b);
      } else {
        tooLong = true;
      }
    }
    return line(line.toByteArray(), tooLong);
  }

  void putBack(Line line) {
    putBack.push(line);
  }

  private Line line(byte[] bytes, boolean tooLong) {
    number++;
    int length =
        bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    String problem = tooLong ? "too_long" : null;
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, 0, length, StandardCharsets.UTF_8);
      problem = problem == null ? "not_utf8" : problem;
    }
    if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    return new Line(number, text, problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
