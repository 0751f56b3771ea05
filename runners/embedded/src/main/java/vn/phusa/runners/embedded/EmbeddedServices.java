package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.FileTrees;
import vn.phusa.runners.embedded.home.HomeFolder;
import vn.phusa.runners.embedded.home.HomeLock;
import vn.phusa.runners.embedded.home.HomeRefusedException;

/**
 * The embedded services of one home. Each is started when it is first asked for, several at the
 * same time if several threads ask; {@link #close()}, and the end of the JVM if nobody closed them,
 * stops those that were started. A home belongs to one process at a time.
 */
public final class EmbeddedServices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServices.class);

  private final Path home;
  private final HomeLock lock;
  private final Thread hook;
  private final OnDemand<EmbeddedPostgres> postgres;
  private final OnDemand<EmbeddedMongo> mongo;
  private final OnDemand<EmbeddedKafka> kafka;
  private final OnDemand<EmbeddedRedis> redis;
  private final OnDemand<EmbeddedMarketplaces> marketplaces;
  private boolean closed;

  private EmbeddedServices(Path home, boolean durable, HomeLock lock) {
    this.home = home;
    this.lock = lock;
    this.postgres = new OnDemand<>("PostgreSQL", () -> EmbeddedPostgres.start(home, durable));
    this.mongo = new OnDemand<>("the MongoDB server", () -> EmbeddedMongo.start(home));
    this.kafka = new OnDemand<>("Kafka", () -> EmbeddedKafka.start(home));
    this.redis = new OnDemand<>("Redis", () -> EmbeddedRedis.start(home, durable));
    this.marketplaces = new OnDemand<>("The marketplaces", () -> EmbeddedMarketplaces.start(home));
    this.hook = new Thread(this::closeQuietly, "embedded-services-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Services for data that someone keeps: what was committed survives a crash.
   *
   * @param home the folder for data, logs and passwords; created where it is absent
   * @throws HomeRefusedException when it is not ours alone
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
      HomeFolder folder = HomeFolder.of(home);
      HomeLock lock = HomeLock.take(folder.path());
      try {
        if (empty) {
          empty(folder.path());
        }
        folder.close();
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
      return new EmbeddedServices(folder.path(), durable, lock);
    } catch (IOException e) {
      throw new EmbeddedServiceException("The home " + home + " cannot be used: " + e, e);
    }
  }

  /** The folder of the data, logs and passwords, absolute. */
  public Path home() {
    return home;
  }

  /** PostgreSQL, started if it was not. */
  public EmbeddedPostgres postgres() {
    return postgres.get();
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
  public EmbeddedMongo mongo() {
    return mongo.get();
  }

  /** Kafka, started if it was not. */
  public EmbeddedKafka kafka() {
    return kafka.get();
  }

  /** Redis, started if it was not. */
  public EmbeddedRedis redis() {
    return redis.get();
  }

  /** The marketplaces' simulator and the product feeds, started if they were not. */
  public EmbeddedMarketplaces marketplaces() {
    return marketplaces.get();
  }

  /**
   * Stops what was started, waiting for what is being started, and gives the home free. Harmless
   * the second time.
   *
   * @throws EmbeddedServiceException when a service cannot be stopped; the others are
   */
  @Override
  public void close() {
    try {
      closeAll();
    } finally {
      removeHook();
    }
  }

  /** Only now: where the JVM ends meanwhile, its end waits for the hook, and that for us. */
  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      LOG.debug("The JVM is on its way out: the hook stays, and finds nothing to do");
    }
  }

  /** To the end, also by a thread that was interrupted: nothing may be left behind. */
  private synchronized void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = Thread.interrupted();
    List<Exception> failures = new ArrayList<>();
    // Those that a service may be asked by are stopped before it.
    List.of(kafka, redis, marketplaces, mongo, postgres)
        .forEach(service -> tryClose(service, failures));
    tryClose(lock, failures);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
