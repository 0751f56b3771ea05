package vn.phusa.runners.cli.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.tls.PrivateAuthority;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.Failure;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.preflight.Services;

/**
 * Servers that cannot be trusted are refused by every client before anything starts, with a line
 * that says why, and those of --tlsCaFile's authority are not.
 */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UntrustedServersIT {
  private static final String FAILED = "TLS failed: the server's certificate ";

  /** Who may answer. */
  enum Shown {
    TRUSTED(null),
    OTHER_HOST(FAILED + "names another host"),
    EXPIRED(FAILED + "has expired"),
    SELF_SIGNED(FAILED + "comes from no trusted authority (--tlsCaFile names a private one)"),
    OF_STRANGER(FAILED + "comes from no trusted authority (--tlsCaFile names a private one)");

    private final String problem;

    Shown(String problem) {
      this.problem = problem;
    }
  }

  private Path folder;
  private final Map<Shown, ServerIdentity> identities = new EnumMap<>(Shown.class);
  private Path authorities;

  @BeforeAll
  void issue(@TempDir Path temporary) throws Exception {
    folder = temporary;
    PrivateAuthority house = PrivateAuthority.create("house");
    authorities = folder.resolve("ca.pem");
    house.writeCertificate(authorities);
    Instant now = Instant.now();
    put(Shown.TRUSTED, ServerIdentity.of(house.issue("server", "localhost", "127.0.0.1")));
    // The common name does not count where there are other names.
    put(Shown.OTHER_HOST, ServerIdentity.of(house.issue("127.0.0.1", "db.example", "10.0.0.1")));
    put(
        Shown.EXPIRED,
        ServerIdentity.of(
            house.issueValid(now.minusSeconds(9_000), now.minusSeconds(60), "x", "127.0.0.1")));
    put(
        Shown.OF_STRANGER,
        ServerIdentity.of(PrivateAuthority.create("stranger").issue("x", "127.0.0.1")));
    put(Shown.SELF_SIGNED, ServerIdentity.selfSigned(folder));
  }

  private void put(Shown shown, ServerIdentity identity) {
    identities.put(shown, identity);
  }

  @Test
  void postgresIsVerified(EmbeddedPostgres postgres) throws Exception {
    try (TlsDatabase database = new TlsDatabase(postgres)) {
      for (Shown shown : Shown.values()) {
        database.show(identities.get(shown));
        assertJudged(
            shown,
            Service.WAREHOUSE,
            "warehouse (--warehouseUrl): ",
            "--warehouseUrl=" + postgres.jdbcUrl("postgres") + "?sslmode=verify-full",
            "--warehouseUser=" + postgres.user(),
            "--warehousePassword=" + SecretReference.toFile(postgres.passwordFile()));
      }
    }
  }

  /** The driver's own check of names, with its own trust. */
  @Test
  void postgresIsVerifiedByWhatTheUrlSays(EmbeddedPostgres postgres) throws Exception {
    String url = "--warehouseUrl=" + postgres.jdbcUrl("postgres") + "?sslmode=verify-full";
    String[] login = {
      "--warehouseUser=" + postgres.user(),
      "--warehousePassword=" + SecretReference.toFile(postgres.passwordFile())
    };
    try (TlsDatabase database = new TlsDatabase(postgres)) {
      database.show(identities.get(Shown.OTHER_HOST));
      assertRefused(
          "warehouse (--warehouseUrl): " + Shown.OTHER_HOST.problem,
          Service.WAREHOUSE,
          url + "&sslrootcert=" + authorities,
          login[0],
          login[1]);
      assertRefused(
          "warehouse (--warehouseUrl): TLS failed: a file that the URL names cannot be read",
          Service.WAREHOUSE,
          url + "&sslrootcert=/none",
          login[0],
          login[1]);
      // Without --tlsCaFile the JDK's authorities count.
      assertRefused(
          "warehouse (--warehouseUrl): " + Shown.OF_STRANGER.problem,
          Service.WAREHOUSE,
          url,
          login[0],
          login[1]);
    }
    assertRefused(
        "warehouse (--warehouseUrl): TLS failed: the server offers none",
        Service.WAREHOUSE,
        url,
        login[0],
        login[1]);
  }

  /** Side by side: the driver tries again for seconds before it gives up. */
  @Test
  void mongoIsVerified(EmbeddedMongo mongo) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(Shown.values().length);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Shown shown : Shown.values()) {
        all.add(threads.submit(() -> assertMongoJudged(shown, mongo)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void assertMongoJudged(Shown shown, EmbeddedMongo mongo) {
    try (TlsFront front = TlsFront.open(identities.get(shown), mongo.port())) {
      assertJudged(
          shown,
          Service.STAGING,
          "staging database (--stagingUri): ",
          "--stagingUri=mongodb://127.0.0.1:" + front.port() + "/?tls=true",
          "--stagingUser=" + mongo.user(),
          "--stagingPassword=" + SecretReference.toFile(mongo.passwordFile()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Shown.class)
  void redisIsVerified(Shown shown, EmbeddedRedis redis) throws Exception {
    try (TlsFront front = TlsFront.open(identities.get(shown), redis.port())) {
      assertJudged(
          shown,
          Service.REDIS,
          "Redis (--redisUri): ",
          "--redisUri=rediss://127.0.0.1:" + front.port() + "/0",
          "--redisPassword=" + SecretReference.toFile(redis.passwordFile()));
    }
  }

  /** One that is trusted is streamed from by {@link TrustedServersIT}. */
  @ParameterizedTest
  @EnumSource(value = Shown.class, mode = EnumSource.Mode.EXCLUDE, names = "TRUSTED")
  void kafkaIsVerified(Shown shown, EmbeddedKafka kafka) throws Exception {
    try (TlsFront front = TlsFront.open(identities.get(shown), kafka.port())) {
      Path properties =
          Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SSL\n");
      assertJudged(
          shown,
          Service.KAFKA,
          "Kafka (--kafkaBootstrapServers): ",
          "--kafkaBootstrapServers=127.0.0.1:" + front.port(),
          "--kafkaProperties=" + properties);
    }
  }

  @ParameterizedTest
  @EnumSource(Shown.class)
  void theRegistryIsVerified(Shown shown, EmbeddedKafka kafka) throws Exception {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    byte[] schema = "{\"schema\": \"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
    registry.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, schema.length);
          exchange.getResponseBody().write(schema);
          exchange.close();
        });
    registry.start();
    try (TlsFront front = TlsFront.open(identities.get(shown), registry.getAddress().getPort())) {
      assertJudged(
          shown,
          Service.KAFKA,
          "schema registry (--schemaRegistryUrl): ",
          "--kafkaBootstrapServers=" + kafka.bootstrapServers(),
          "--kafkaProperties=" + kafka.propertiesFile(),
          "--schemaRegistryUrl=https://127.0.0.1:" + front.port());
    } finally {
      registry.stop(0);
    }
  }

  private void assertJudged(Shown shown, Service service, String named, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--tlsCaFile=" + authorities);
    if (shown == Shown.TRUSTED) {
      require(service, all.toArray(String[]::new));
    } else {
      assertRefused(named + shown.problem, service, all.toArray(String[]::new));
    }
  }

  private static void assertRefused(String line, Service service, String... arguments) {
    Throwable refused = catchThrowable(() -> require(service, arguments));

    assertThat(refused).as(line).isNotNull();
    assertThat(Failure.of(refused)).isEqualTo(new Failure(ExitCode.SERVICE_UNUSABLE, line));
    assertThat(Failure.isRetryable(refused)).isFalse();
  }

  private static void require(Service service, String... arguments) throws Exception {
    PipelineOptions options = PipelineOptionsFactory.fromArgs(arguments).create();
    try (Services services =
        new Services(
            options,
            home -> {
              throw new AssertionError("nothing is to be embedded");
            })) {
      services.require(Needs.allOf(service));
    }
  }
}
