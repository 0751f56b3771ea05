package vn.phusa.runners.embedded;

import java.io.IOException;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;

/**
 * A service that is started when it is first asked for, once however many threads ask, and is never
 * started again after it was closed.
 */
final class OnDemand<T extends AutoCloseable> implements AutoCloseable {
  private final String name;
  private final Start<T> start;

  /** Null until it is asked for, and after it was closed. */
  private T service;

  private boolean closed;

  /** How it is started. */
  interface Start<T> {
    T start() throws IOException;
  }

  /**
   * @param name as it is shown to a person
   */
  OnDemand(String name, Start<T> start) {
    this.name = name;
    this.start = start;
  }

  /**
   * The service, started if it was not.
   *
   * @throws EmbeddedServiceException if it cannot be started, or was closed, or the thread was
   *     interrupted, as whoever waited for another's start may be
   */
  synchronized T get() {
    if (closed) {
      throw new EmbeddedServiceException(name + " was closed");
    }
    if (service == null) {
      if (Thread.currentThread().isInterrupted()) {
        throw new EmbeddedServiceException("Interrupted before " + name + " was started");
      }
      try {
        service = start.start();
      } catch (IOException e) {
        throw new EmbeddedServiceException(name + " cannot be started: " + e, e);
      }
    }
    return service;
  }

  /** Stops it if it was started; whoever is starting it is waited for. */
  @Override
  public synchronized void close() throws Exception {
    closed = true;
    T started = service;
    service = null;
    if (started != null) {
      started.close();
    }
  }
}
