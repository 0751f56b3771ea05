package vn.phusa.runners.embedded.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The loopback address, the only one that embedded services listen on, and free ports on it. */
public final class Loopback {
  public static final String HOST = "127.0.0.1";
  private static final int MIN_PORT = 15_000;
  private static final int BELOW = 32_768;
  private static final int ATTEMPTS = 1_000;
  private static final int CONNECT_MILLIS = 2_000;

  /**
   * The ports that this process was given, each with the file that remembers it, or none. Services
   * start at the same time, and a port is still free for a while after it was given.
   */
  private static final Map<Integer, Optional<Path>> GIVEN = new HashMap<>();

  private Loopback() {}

  /**
   * A port that is free now, and that nobody else in this process was given. The one that was used
   * last is preferred, so that an address that a user has noted stays right as long as possible.
   *
   * @param memory the file that remembers the port; it need not exist
   */
  public static synchronized int freePort(Path memory) throws IOException {
    Optional<Path> owner = Optional.of(memory.toAbsolutePath().normalize());
    int port = remembered(memory);
    if (!GIVEN.getOrDefault(port, owner).equals(owner) || !isFree(port)) {
      port = anyFreePort();
    }
    GIVEN.put(port, owner);
    PrivateFiles.write(memory, Integer.toString(port));
    return port;
  }

  /**
   * A free port below those that the kernel gives to outgoing connections: a client that keeps
   * trying to reach a server that is down could else be given the server's own port, and keep it.
   */
  public static synchronized int anyFreePort() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(MIN_PORT, BELOW);
      if (!GIVEN.containsKey(port) && isFree(port)) {
        GIVEN.put(port, Optional.empty());
        return port;
      }
    }
    throw new IOException("No free port found between " + MIN_PORT + " and " + BELOW);
  }

  /** Whether something takes connections on the port. */
  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  public static InetAddress address() throws IOException {
    return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
  }

  private static int remembered(Path memory) throws IOException {
    if (!Files.exists(memory)) {
      return -1;
    }
    String text = Files.readString(memory, StandardCharsets.UTF_8).strip();
    return text.matches("[0-9]{4,5}") ? Integer.parseInt(text) : -1;
  }

  private static boolean isFree(int port) {
    if (port < 1024 || port > 65535) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as the servers do: connections in TIME_WAIT are no obstacle
      socket.bind(new InetSocketAddress(address(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
