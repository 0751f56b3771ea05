package vn.phusa.pipelines.io.marketplace.feed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPInputStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimits;
import vn.phusa.transforms.errors.Reason;

/**
 * The lines of a file, also of a gzipped one, without line ends and without the byte order mark. A
 * line may be put back to be read again.
 */
final class FeedLines implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What is no more than this is no harm, whatever it was deflated to. */
  private static final long FREE_BYTES = 1 << 20;

  private final InputStream in;
  private final FeedLimits limits;
  private final Deque<Line> putBack = new ArrayDeque<>();
  private long number;

  private FeedLines(InputStream in, FeedLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /**
   * A line.
   *
   * @param number from 1
   * @param text what cannot be decoded stands as U+FFFD
   * @param problem why it cannot be used: {@link Reason#NOT_UTF8} or {@link Reason#TOO_LONG}; null
   *     where it can
   */
  record Line(long number, String text, @Nullable Reason problem) {}

  /**
   * Reads a file's content.
   *
   * @param file is closed with these lines
   */
  static FeedLines open(InputStream file, FeedLimits limits) throws IOException {
    BoundedInput raw = new BoundedInput(file, count -> checkSize(count, limits));
    InputStream bytes = new BufferedInputStream(raw, BUFFER);
    try {
      bytes.mark(2);
      boolean isGzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
      bytes.reset();
      return new FeedLines(isGzip ? inflated(bytes, raw, limits) : bytes, limits);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static InputStream inflated(InputStream bytes, BoundedInput raw, FeedLimits limits)
      throws IOException {
    return new BufferedInputStream(
        new BoundedInput(
            new GZIPInputStream(bytes, BUFFER), count -> checkInflated(count, raw.count(), limits)),
        BUFFER);
  }

  /** Whether a file may have that many bytes. */
  static void checkSize(long bytes, FeedLimits limits) throws FeedLimitException {
    if (bytes > limits.fileBytes()) {
      throw FeedLimitException.of("has more than %,d bytes", limits.fileBytes(), "fileBytes");
    }
  }

  private static void checkInflated(long inflated, long raw, FeedLimits limits)
      throws FeedLimitException {
    if (inflated > limits.inflatedBytes()) {
      throw FeedLimitException.of(
          "inflates to more than %,d bytes", limits.inflatedBytes(), "inflatedBytes");
    }
    if (inflated > FREE_BYTES && inflated / limits.inflationRatio() > raw) {
      throw FeedLimitException.of(
          "inflates to more than %,d times its size", limits.inflationRatio(), "inflationRatio");
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
      if (line.size() < limits.rowBytes()) {
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
    Reason problem = tooLong ? Reason.TOO_LONG : null;
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, 0, length, StandardCharsets.UTF_8);
      problem = problem == null ? Reason.NOT_UTF8 : problem;
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
