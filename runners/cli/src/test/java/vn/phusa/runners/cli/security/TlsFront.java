package vn.phusa.runners.cli.security;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS on a port of 127.0.0.1, and passes what it hears to a service that speaks none. */
public final class TlsFront implements AutoCloseable {
  private final SSLServerSocket server;
  private final int service;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger handshakes = new AtomicInteger();

  private TlsFront(SSLServerSocket server, int service) {
    this.server = server;
    this.service = service;
  }

  /**
   * Opens one.
   *
   * @param service the port of the service on 127.0.0.1
   */
  public static TlsFront open(ServerIdentity identity, int service) throws Exception {
    SSLServerSocket server =
        (SSLServerSocket)
            identity
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    TlsFront front = new TlsFront(server, service);
    start(front::accept);
    return front;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many clients trusted it. */
  public int handshakes() {
    return handshakes.get();
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket client = (SSLSocket) server.accept();
        start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
      return;
    }
  }

  private void serve(SSLSocket client) {
    open.add(client);
    try (client;
        Socket behind = new Socket("127.0.0.1", service)) {
      open.add(behind);
      client.startHandshake();
      handshakes.incrementAndGet();
      start(() -> pass(behind, client));
      pass(client, behind);
    } catch (IOException refused) {
      // A client that does not trust us goes away.
      return;
    } finally {
      open.remove(client);
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[1 << 14];
      for (int read; (read = in.read(bytes)) >= 0; ) {
        out.write(bytes, 0, read);
        out.flush();
      }
      to.close();
    } catch (IOException ended) {
      // Both ends go together: try-with-resources closes the others.
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      return;
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tls-front");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Closeable each : open) {
      each.close();
    }
  }
}
