package vn.phusa.runners.jobs.preflight;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.PhusaOptions;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.tls.Trust;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.failure.UsageException;

/** The services of one launch. Closing it stops those that were started. */
public final class Services implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /** With less they cannot do their work: PostgreSQL makes files of 16 MB. */
  private static final long MIN_ROOM = 32L << 20;

  private final PipelineOptions options;
  private final Function<Path, EmbeddedStores> embedding;
  private final Map<Service, Used<?>> used = new EnumMap<>(Service.class);
  private final TrustedAuthorities authorities;
  private final Map<Service, String> connecting = new EnumMap<>(Service.class);
  private EmbeddedStores embedded;

  /**
   * @param embedding makes the embedded services of a home
   */
  public Services(PipelineOptions options, Function<Path, EmbeddedStores> embedding) {
    this.options = options;
    this.authorities = TrustedAuthorities.of(options);
    this.embedding = embedding;
  }

  /**
   * Makes sure that the services are there: those that were given are checked, the others started
   * if embedded ones are wanted. Afterwards it is known where all are that are used.
   *
   * @throws UsageException if one is neither given nor embedded; nothing was started then
   * @throws ServiceUnavailableException if one cannot be used
   */
  public void require(Needs needs) throws SQLException {
    Map<Service, Used<?>> given = new EnumMap<>(Service.class);
    for (Service service : needs.mentioned()) {
      Used.of(service.access(), options).ifPresent(one -> given.put(service, one));
    }
    Trust.check(authorities);
    given.values().forEach(Used::checkGiven);
    String missing = needs.missing(given.keySet());
    if (!missing.isEmpty() && !options.as(PhusaOptions.class).isEmbedded()) {
      throw new UsageException("give " + missing + " or --embedded");
    }
    given.values().forEach(Used::checkConnects);
    used.putAll(given);
    if (options.as(PhusaOptions.class).isEmbedded()) {
      embed(needs);
    }
  }

  /** Whether {@link #require} made sure of it. */
  public boolean uses(Service service) {
    return used.containsKey(service);
  }

  /** The operational database; empty if it is not used. */
  public Optional<DatabaseAddress> oltp() {
    return address(Service.OLTP, DatabaseAddress.class);
  }

  /** The warehouse; empty if it is not used. */
  public Optional<DatabaseAddress> warehouse() {
    return address(Service.WAREHOUSE, DatabaseAddress.class);
  }

  /** The staging database; empty if it is not used. */
  public Optional<MongoAddress> staging() {
    return address(Service.STAGING, MongoAddress.class);
  }

  /** The Kafka of the event topics; empty if it is not used. */
  public Optional<KafkaAddress> kafka() {
    return address(Service.KAFKA, KafkaAddress.class);
  }

  /** The Redis of the five-minute windows; empty if it is not used. */
  public Optional<RedisAddress> redis() {
    return address(Service.REDIS, RedisAddress.class);
  }

  /** Whom the clients of all services trust. */
  public TrustedAuthorities authorities() {
    return authorities;
  }

  private <A> Optional<A> address(Service service, Class<A> type) {
    return Optional.ofNullable(used.get(service)).map(one -> type.cast(one.address()));
  }

  /** Whether an embedded service was started. */
  public boolean hasStarted() {
    return embedded != null;
  }

  /**
   * Makes sure that it is not for a full disk that something failed: the embedded services each say
   * that in words of their own, or end without any.
   *
   * @param failure what failed
   * @throws ServiceUnavailableException if the disk of embedded services is full
   */
  public synchronized void requireRoom(Exception failure) {
    if (embedded == null) {
      return;
    }
    Path home = home();
    try {
      long left = Files.getFileStore(home).getUsableSpace();
      if (left < MIN_ROOM) {
        throw new ServiceUnavailableException(
            "--embedded: the disk of --home ("
                + home.toAbsolutePath()
                + ") is full, "
                + left / 1024
                + " KB are left",
            true,
            failure);
      }
    } catch (IOException e) {
      LOG.debug("the room below {} is not known", home, e);
    }
  }

  private Path home() {
    return Path.of(options.as(PhusaOptions.class).getHome());
  }

  /** The shell commands that connect to the embedded services. */
  public List<String> connectCommands() {
    return List.copyOf(connecting.values());
  }

  private void embed(Needs needs) throws SQLException {
    Set<Service> wanted = EnumSet.noneOf(Service.class);
    needs.all().stream().filter(service -> !uses(service)).forEach(wanted::add);
    for (Service service : needs.ifThere()) {
      if (!uses(service) && service.access().hasEmbeddedData(embedded())) {
        wanted.add(service);
      }
    }
    if (!needs.sources().isEmpty()
        && needs.sources().stream().noneMatch(s -> uses(s) || wanted.contains(s))) {
      throw new UsageException(
          "nothing to load is under --home yet (./phusa demo puts something there); give "
              + needs.missing(Set.copyOf(needs.all())));
    }
    start(wanted);
    for (Service service : wanted) {
      used.put(service, Used.of(service.access(), options).orElseThrow());
    }
  }

  /** All at the same time: each spends most of its start waiting for itself. */
  private void start(Set<Service> wanted) throws SQLException {
    if (wanted.isEmpty()) {
      return;
    }
    EmbeddedStores stores = embedded();
    Map<Service, Future<String>> starting = new EnumMap<>(Service.class);
    ExecutorService threads = Executors.newFixedThreadPool(wanted.size());
    try {
      for (Service service : wanted) {
        starting.put(
            service, threads.submit(() -> service.access().startEmbedded(stores, options)));
      }
      for (Map.Entry<Service, Future<String>> start : starting.entrySet()) {
        String command = start.getValue().get();
        if (command != null) {
          connecting.put(start.getKey(), command);
        }
      }
    } catch (ExecutionException e) {
      Throwables.throwIfInstanceOf(e.getCause(), SQLException.class);
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException("a service was not started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("--embedded: the start was interrupted", true, e);
    } finally {
      // Whoever closes the stores waits for what is still being started.
      threads.shutdownNow();
    }
  }

  private synchronized EmbeddedStores embedded() {
    if (embedded == null) {
      LOG.info("starting the embedded services...");
      embedded = embedding.apply(home());
    }
    return embedded;
  }

  /** A service, and where it is: read from the options once. */
  private record Used<A>(ServiceAccess<A> access, A address) {
    static <A> Optional<Used<A>> of(ServiceAccess<A> access, PipelineOptions options) {
      return access.address(options).map(address -> new Used<>(access, address));
    }

    void checkGiven() {
      access.checkGiven(address);
    }

    void checkConnects() {
      access.checkConnects(address);
    }
  }

  @Override
  public synchronized void close() {
    if (embedded != null) {
      embedded.close();
      embedded = null;
    }
  }
}
