package vn.phusa.pipelines.io.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.waiting.WatchedSocket;

/**
 * Sockets that notice within {@link #TIMEOUT} that the other side is gone, where the system's own
 * settings take two hours, and whose waits are reported and limited. The PostgreSQL driver makes
 * one by its name.
 */
public final class KeepAliveSockets extends SocketFactory {
  /** How long nothing comes before the other side is asked. */
  static final Duration IDLE = Duration.ofSeconds(15);

  /** How long after a question that was not answered the next one comes. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  /** How many questions are left unanswered before the connection is lost. */
  static final int QUESTIONS = 6;

  /** How long a lost connection may look like a quiet one. */
  static final Duration TIMEOUT = IDLE.plus(INTERVAL.multipliedBy(QUESTIONS));

  /** What a thread, or one that it starts, connects to. */
  private static final InheritableThreadLocal<Opening> OPENING = new InheritableThreadLocal<>();

  /** A connection that is being opened. */
  static final class Opening implements AutoCloseable {
    private final String service;
    private final Duration limit;
    private volatile @Nullable WatchedSocket socket;

    private Opening(String service, Duration limit) {
      this.service = service;
      this.limit = limit;
    }

    /** The socket that was made for it; null where the URL names another factory. */
    @Nullable WatchedSocket socket() {
      return socket;
    }

    @Override
    public void close() {
      OPENING.remove();
    }
  }

  /**
   * Says what the present thread is about to connect to.
   *
   * @param service what it is to a person
   * @param limit for how long it may be silent while it lets us in
   */
  static Opening opening(String service, Duration limit) {
    Opening opening = new Opening(service, limit);
    OPENING.set(opening);
    return opening;
  }

  @Override
  public Socket createSocket() {
    Opening opening = OPENING.get();
    WatchedSocket socket =
        opening == null ? forCancelling() : new WatchedSocket(opening.service, opening.limit);
    if (opening != null) {
      opening.socket = socket;
    }
    try {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, (int) IDLE.toSeconds());
      set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, (int) INTERVAL.toSeconds());
      set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, QUESTIONS);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The driver opens connections of its own to cancel a statement. */
  private static WatchedSocket forCancelling() {
    return new WatchedSocket("a database", Duration.ofSeconds(10));
  }

  /** Systems that do not know an option keep their own setting. */
  private static void set(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host, port, null, 0);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new java.net.InetSocketAddress(local, localPort));
    socket.connect(new java.net.InetSocketAddress(host, port));
    return socket;
  }
}
