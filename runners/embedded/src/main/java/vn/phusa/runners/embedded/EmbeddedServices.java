package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded services of one home. Each is started when it is first asked for; {@link #close()},
 * and the end of the JVM if nobody closed them, stops those that were started, the last first. A
 * home belongs to one process at a time.
 */
public final class EmbeddedServices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServices.class);

  private final Path home;
  private final boolean durable;
  private final HomeLock lock;
  private final Thread hook;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private EmbeddedPostgres postgres;
  private EmbeddedMongo mongo;
  private EmbeddedKafka kafka;
  private EmbeddedRedis redis;
  private EmbeddedMarketplaces marketplaces;
  private boolean closed;

  private EmbeddedServices(Path home, boolean durable, HomeLock lock) {
    this.home = home;
    this.durable = durable;
    this.lock = lock;
    this.hook = new Thread(this::closeQuietly, "embedded-services-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Where a start of services is described. */
  private interface Start<T> {
    T start() throws IOException;
  }

  /**
   * Services for data that someone keeps: what was committed survives a crash.
   *
   * @param home the folder for data, logs and passwords; created where it is absent
   * @throws EmbeddedServiceException when another process uses the home
   */
  public static EmbeddedServices at(Path home) {
    return open(home, true, false);
  }

  /**
   * Services for tests: faster, empty at the start whatever was there before, and not made to
   * survive the machine's crash (they do survive their own processes' crash).
   *
   * @param home the folder; <b>all that is in it is deleted</b>, after processes left behind there
   *     were ended
   * @throws EmbeddedServiceException when another process uses the home
   */
  public static EmbeddedServices forTests(Path home) {
    return open(home, false, true);
  }

  private static EmbeddedServices open(Path home, boolean durable, boolean empty) {
    try {
      Path folder = Files.createDirectories(home.toAbsolutePath()).toRealPath();
      HomeLock lock = HomeLock.take(folder);
      if (empty) {
        empty(folder);
      }
      return new EmbeddedServices(folder, durable, lock);
    } catch (IOException e) {
      throw new EmbeddedServiceException("The home " + home + " cannot be used: " + e, e);
    }
  }

  /** The folder of the data, logs and passwords, absolute. */
  public Path home() {
    return home;
  }

  /** PostgreSQL, started if it was not. */
  public synchronized EmbeddedPostgres postgres() {
    if (postgres == null) {
      postgres = start("PostgreSQL", () -> EmbeddedPostgres.start(home, durable));
    }
    return postgres;
  }

  /** Whether PostgreSQL has data under the home; it is not started. */
  public boolean hasPostgresData() {
    return EmbeddedPostgres.hasData(home);
  }

  /** Whether the server for MongoDB's protocol has data under the home; it is not started. */
  public boolean hasMongoData() {
    return EmbeddedMongo.hasData(home);
  }

  /** The server for MongoDB's protocol, started if it was not. */
  public synchronized EmbeddedMongo mongo() {
    if (mongo == null) {
      mongo = start("the MongoDB server", () -> EmbeddedMongo.start(home));
    }
    return mongo;
  }

  /** Kafka, started if it was not. */
  public synchronized EmbeddedKafka kafka() {
    if (kafka == null) {
      kafka = start("Kafka", () -> EmbeddedKafka.start(home));
    }
    return kafka;
  }

  /** Redis, started if it was not. */
  public synchronized EmbeddedRedis redis() {
    if (redis == null) {
      redis = start("Redis", () -> EmbeddedRedis.start(home, durable));
    }
    return redis;
  }

  /** The marketplaces' simulator and the product feeds, started if they were not. */
  public synchronized EmbeddedMarketplaces marketplaces() {
    if (marketplaces == null) {
      marketplaces = start("The marketplaces", () -> EmbeddedMarketplaces.start(home));
    }
    return marketplaces;
  }

  /**
   * Stops what was started, the last first, and gives the home free. Harmless the second time.
   *
   * @throws EmbeddedServiceException when a service cannot be stopped; the others are
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      LOG.debug("The JVM is on its way out: the hook stays, and finds nothing to do");
    }
    closeAll();
  }

  private synchronized void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    List<Exception> failures = new ArrayList<>();
    while (!started.isEmpty()) {
      tryClose(started.pop(), failures);
    }
    tryClose(lock, failures);
    if (!failures.isEmpty()) {
      EmbeddedServiceException failure =
          new EmbeddedServiceException(
              "An embedded service did not stop: " + failures.get(0).getMessage(), failures.get(0));
      failures.stream().skip(1).forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private void closeQuietly() {
    try {
      closeAll();
    } catch (EmbeddedServiceException e) {
      LOG.warn("{}", e.getMessage(), e);
    }
  }

  private <T extends AutoCloseable> T start(String name, Start<T> start) {
    if (closed) {
      throw new EmbeddedServiceException("The embedded services under " + home + " are closed");
    }
    try {
      T service = start.start();
      started.push(service);
      return service;
    } catch (IOException e) {
      throw new EmbeddedServiceException(name + " cannot be started: " + e, e);
    }
  }

  /** One service that fails must not keep the others from stopping. */
  private static void tryClose(AutoCloseable service, List<Exception> failures) {
    try {
      service.close();
    } catch (Exception e) {
      failures.add(e);
    }
  }

  private static void empty(Path home) throws IOException {
    EmbeddedPostgres.killLeftBehind(home);
    EmbeddedRedis.killLeftBehind(home);
    EmbeddedKafka.killLeftBehind(home);
    List<Path> content;
    try (Stream<Path> list = Files.list(home)) {
      content = list.filter(path -> !path.endsWith(HomeLock.FILE)).toList();
    }
    for (Path path : content) {
      FileTrees.delete(path);
    }
  }
}
