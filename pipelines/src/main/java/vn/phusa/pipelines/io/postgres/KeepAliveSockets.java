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

/**
 * Sockets that notice within {@link #PATIENCE} that the other side is gone, where the system's own
 * settings take two hours. The PostgreSQL driver makes one by its name.
 */
public final class KeepAliveSockets extends SocketFactory {
  /** How long nothing comes before the other side is asked. */
  static final Duration IDLE = Duration.ofSeconds(15);

  /** How long after a question that was not answered the next one comes. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  /** How many questions are left unanswered before the connection is lost. */
  static final int QUESTIONS = 6;

  /** How long a lost connection may look like a quiet one. */
  static final Duration PATIENCE = IDLE.plus(INTERVAL.multipliedBy(QUESTIONS));

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
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
