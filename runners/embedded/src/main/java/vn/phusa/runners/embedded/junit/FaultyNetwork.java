package vn.phusa.runners.embedded.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a service on loopback that can be disturbed: it stands between a client and the service,
 * and passes on what they send, late, in part, or not at all.
 */
public final class FaultyNetwork implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int CHUNK = 16 << 10;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ServerSocket door;
  private final int service;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final AtomicLong passed = new AtomicLong();

  private volatile boolean stalled;
  private volatile boolean refusing;
  private volatile long delayNanos;
  private volatile long stallAt = Long.MAX_VALUE;
  private volatile double cutsPerMegabyte;
  private final Random random;

  private FaultyNetwork(int service, int port, long seed) throws IOException {
    this.service = service;
    this.random = new Random(seed);
    this.door = new ServerSocket(port, 100, LOOPBACK);
    start("faulty-network", this::accept);
  }

  /** To the service on that port of loopback. */
  public static FaultyNetwork to(int service) {
    return at(0, service);
  }

  /**
   * As {@link #to}, at a given port.
   *
   * @param port 0: any
   */
  public static FaultyNetwork at(int port, int service) {
    try {
      return new FaultyNetwork(service, port, 20_261_130);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** How many bytes the service's answers have had so far. */
  public long passed() {
    return passed.get();
  }

  /** Nothing is wrong any more, but for connections that were dropped. */
  public void heal() {
    stallAt = Long.MAX_VALUE;
    delayNanos = 0;
    cutsPerMegabyte = 0;
    refusing = false;
    stalled = false;
  }

  /** From now on nothing passes; connections, new ones too, stay open. */
  public void stall() {
    stalled = true;
  }

  /** As {@link #stall}, once the service has answered so many bytes more. */
  public void stallAfter(long bytes) {
    stallAt = passed.get() + bytes;
  }

  /** Each piece of what is sent comes later by that. */
  public void delay(Duration by) {
    delayNanos = by.toNanos();
  }

  /** Connections are cut at random, so often in a megabyte of answers. */
  public void cut(double perMegabyte) {
    cutsPerMegabyte = perMegabyte;
  }

  /** Cuts all connections. */
  public void cutAll() {
    links.forEach(Link::cut);
  }

  /**
   * Connections that are there stay so for each side, though nothing passes any more, not even that
   * the other side closes them; new ones work.
   */
  public void dropSilently() {
    links.forEach(link -> link.dropped = true);
  }

  /** New connections are closed at once. */
  public void refuse() {
    refusing = true;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (refusing) {
          client.close();
        } else {
          links.add(new Link(client, new Socket(LOOPBACK, service)));
        }
      } catch (IOException e) {
        // The service is away, or the test is over.
      }
    }
  }

  /** A client's connection and the service's. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean dropped;
    private volatile boolean cut;

    Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      start("faulty-network-asks", () -> pass(client, server, false));
      start("faulty-network-answers", () -> pass(server, client, true));
    }

    private void pass(Socket from, Socket to, boolean isAnswer) {
      byte[] chunk = new byte[CHUNK];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
          LockSupport.parkNanos(delayNanos);
          if (isAnswer) {
            misbehave(length);
          }
          awaitPassage();
          if (!dropped) {
            out.write(chunk, 0, length);
          }
        }
        awaitPassage();
      } catch (IOException e) {
        // One side is gone: the other learns of it, unless the network keeps that for itself.
      }
      if (!dropped) {
        cut();
      }
    }

    private void misbehave(int length) {
      if (passed.addAndGet(length) >= stallAt) {
        stallAt = Long.MAX_VALUE;
        stalled = true;
      }
      boolean now;
      synchronized (random) {
        now = random.nextDouble() < cutsPerMegabyte * length / (1 << 20);
      }
      if (now) {
        cut();
      }
    }

    private void awaitPassage() {
      while (stalled && !cut && !dropped && !door.isClosed()) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }

    private void cut() {
      cut = true;
      links.remove(this);
      close(client);
      close(server);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends all connections, those too that were dropped. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAll();
  }
}
