package vn.phusa.pipelines.io.marketplace.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;

/** Counts the bytes that are read of a stream, and ends at a limit. */
final class BoundedInput extends FilterInputStream {
  private final Limit limit;
  private long count;

  /** Says whether that many bytes are too many. */
  @FunctionalInterface
  interface Limit {
    /**
     * @throws FeedLimitException if they are
     */
    void check(long count) throws FeedLimitException;
  }

  BoundedInput(InputStream in, Limit limit) {
    super(in);
    this.limit = limit;
  }

  /** How many bytes were read. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      add(1);
    }
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      add(read);
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = in.skip(n);
    add(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void add(long read) throws FeedLimitException {
    count += read;
    limit.check(count);
  }
}
