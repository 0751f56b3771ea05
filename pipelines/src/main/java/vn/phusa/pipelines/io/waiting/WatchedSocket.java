package vn.phusa.pipelines.io.waiting;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A socket whose every wait for the other side, be it for an answer or for room to send, is
 * reported and has a limit ({@link Waiting}): then it is closed, and what waited fails with a
 * {@link NoAnswerException}.
 */
public final class WatchedSocket extends Socket {
  private final Waiting reading;
  private final Waiting writing;
  private volatile Runnable leave = () -> {};

  /**
   * @param service what the other side is to a person: "the warehouse"
   * @param limit for how long it may be silent, until {@link #allow} says otherwise
   */
  public WatchedSocket(String service, Duration limit) {
    this.reading = Waiting.limited(service, limit, this::abort);
    this.writing = Waiting.limited(service, limit, this::abort);
  }

  /**
   * As {@link Waiting#allow}.
   *
   * @param afterwards called when the socket was closed at the limit; it must come to an end
   */
  public void allow(Duration silence, Supplier<Finding> asks, Runnable afterwards) {
    reading.allow(silence, asks);
    writing.allow(silence, asks);
    leave = afterwards;
  }

  private void abort() {
    try {
      close();
    } catch (IOException e) {
      // It is closed.
    }
    leave.run();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        reading.begin();
        try {
          return in.read(bytes, offset, length);
        } catch (IOException e) {
          throw meant(reading, e);
        } finally {
          reading.end();
        }
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.begin();
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          throw meant(writing, e);
        } finally {
          writing.end();
        }
      }
    };
  }

  private static IOException meant(Waiting waiting, IOException e) {
    String line = waiting.givenUp();
    return line == null ? e : new NoAnswerException(line, e);
  }

  @Override
  public synchronized void close() throws IOException {
    reading.close();
    writing.close();
    super.close();
  }
}
