package vn.phusa.runners.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedMarketplaces;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.HomeRefusedException;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.runners.jobs.preflight.EmbeddedStores;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** The embedded services of a home. */
public final class EmbeddedStack implements EmbeddedStores {
  private final EmbeddedServices services;

  private EmbeddedStack(EmbeddedServices services) {
    this.services = services;
  }

  /**
   * Those of a home; none is started yet.
   *
   * @throws UsageException if the JVM was given a factor of their time limits that is none
   */
  public static EmbeddedStack at(Path home) {
    try {
      Deadline.scaled(Duration.ZERO);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    return new EmbeddedStack(usable(() -> EmbeddedServices.at(home)));
  }

  @Override
  public Database database(String name) throws SQLException {
    EmbeddedPostgres postgres = usable(services::postgres);
    String url = postgres.createDatabase(name);
    return new Database(name, url, postgres.user(), postgres.passwordFile());
  }

  @Override
  public boolean hasDatabase(String name) throws SQLException {
    if (!services.hasPostgresData()) {
      return false;
    }
    EmbeddedPostgres postgres = usable(services::postgres);
    try (Connection connection = postgres.connect("postgres");
        PreparedStatement find =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      find.setString(1, name);
      try (ResultSet row = find.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public Staging staging() {
    EmbeddedMongo mongo = usable(services::mongo);
    return new Staging(mongo.address(), mongo.user(), mongo.passwordFile());
  }

  @Override
  public boolean hasStaging() {
    return services.hasMongoData();
  }

  @Override
  public Path marketplaces() {
    EmbeddedMarketplaces simulated = usable(services::marketplaces);
    List<SimulatorFile.Platform> platforms =
        Stream.of(SimulatedPlatform.values())
            .map(
                platform ->
                    new SimulatorFile.Platform(
                        platform.id(),
                        simulated.simulator().origin(platform),
                        simulated.credentialsFile(platform)))
            .toList();
    Path feeds = simulated.feeds().toAbsolutePath();
    return SimulatorFile.write(
        marketplacesFile(),
        platforms,
        List.of(
            new SimulatorFile.Feed("fptshop", feeds + "/fptshop-*.jsonl"),
            new SimulatorFile.Feed("cellphones", feeds + "/cellphones-*.csv")));
  }

  @Override
  public boolean hasMarketplaces() {
    return Files.exists(marketplacesFile());
  }

  private Path marketplacesFile() {
    return services.home().resolve("marketplaces.yaml");
  }

  @Override
  public Kafka kafka() {
    EmbeddedKafka kafka = usable(services::kafka);
    usable(
        () -> {
          TopicLayout.create(kafka);
          return kafka;
        });
    return new Kafka(kafka.bootstrapServers(), kafka.propertiesFile(), kafka.toolsFile());
  }

  @Override
  public Redis redis() {
    EmbeddedRedis redis = usable(services::redis);
    return new Redis(redis.address(), redis.passwordFile());
  }

  @Override
  public void close() {
    services.close();
  }

  private static <T> T usable(Supplier<T> service) {
    try {
      return service.get();
    } catch (HomeRefusedException e) {
      throw new UsageException("--home: " + e.getMessage());
    } catch (EmbeddedServiceException e) {
      throw new ServiceUnavailableException("--embedded: " + e.getMessage(), false, e);
    }
  }
}
