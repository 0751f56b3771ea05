package vn.phusa.runners.jobs.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.cli.StagingArguments;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.failure.UsageException;

/** Services that are given are found usable, or told in one line that holds no secret. */
@WithEmbeddedServices
class ServicesIT {
  private static final String SECRET = "hunter2-not-the-password";

  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"phusa\""
          + " password=\"%s\";";

  @TempDir Path folder;

  @Test
  void stagingIsReached(EmbeddedMongo mongo) throws Exception {
    String address = "--stagingUri=" + mongo.address();
    assertUsable(Service.STAGING, StagingArguments.of(mongo).toArray(String[]::new));
    assertUnusable(Service.STAGING, "staging database (--stagingUri): refused (code 13)", address);
    assertUnusable(
        Service.STAGING,
        "staging database (--stagingUri): user or password refused",
        address,
        "--stagingUser=" + mongo.user(),
        "--stagingPassword=${file:" + Files.writeString(folder.resolve("wrong"), SECRET) + "}");
  }

  @Test
  void kafkaIsReachedOrNamed(EmbeddedKafka kafka) throws Exception {
    String servers = "--kafkaBootstrapServers=" + kafka.bootstrapServers();
    assertUsable(Service.KAFKA, servers, "--kafkaProperties=" + kafka.propertiesFile());
    Path wrong = folder.resolve("wrong.properties");
    Files.writeString(folder.resolve("login"), LOGIN.formatted(SECRET));
    Files.writeString(
        wrong,
        "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-256\nsasl.jaas.config=${file:"
            + folder.resolve("login")
            + "}\n");
    assertUnusable(
        Service.KAFKA,
        "Kafka (--kafkaBootstrapServers): access refused",
        servers,
        "--kafkaProperties=" + wrong);
    assertUnusable(
        Service.KAFKA,
        "Kafka (--kafkaBootstrapServers): cannot be reached",
        "--kafkaBootstrapServers=127.0.0.1:1");
    Path properties =
        Files.writeString(
            folder.resolve("kafka.properties"),
            "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=${file:"
                + Files.writeString(folder.resolve("jaas"), SECRET)
                + "}\n");
    assertUnusable(
        Service.KAFKA,
        "Kafka (--kafkaBootstrapServers): no client can be made of the servers and"
            + " --kafkaProperties",
        "--kafkaBootstrapServers=" + kafka.bootstrapServers(),
        "--kafkaProperties=" + properties);
    Files.writeString(properties, "ssl.key.password=${file:/none}");
    assertThatThrownBy(
            () ->
                require(
                    Service.KAFKA,
                    "--kafkaBootstrapServers=" + kafka.bootstrapServers(),
                    "--kafkaProperties=" + properties))
        .isInstanceOf(UsageException.class)
        .hasMessage("--kafkaProperties: ${file:/none} does not exist");
  }

  @Test
  void aSchemaRegistryIsReachedOrNamed(EmbeddedKafka kafka) throws Exception {
    String servers = "--kafkaBootstrapServers=" + kafka.bootstrapServers();
    String login = "--kafkaProperties=" + kafka.propertiesFile();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(server, "/api/schemas/ids/1", 404, "{\"error_code\":40403,\"message\":\"no\"}");
    answer(server, "/full/schemas/ids/1", 200, "{\"schema\":\"\\\"string\\\"\"}");
    answer(server, "/sick/schemas/ids/1", 503, "{\"error_code\":50302}");
    answer(server, "/closed/schemas/ids/1", 401, "{\"error_code\":401,\"message\":\"no\"}");
    answer(server, "/astray/", 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
    answer(server, "/", 404, "<html>no such page</html>");
    server.start();
    try {
      String registry = "--schemaRegistryUrl=http://127.0.0.1:" + server.getAddress().getPort();
      assertUsable(Service.KAFKA, servers, login, registry + "/api/");
      assertUsable(Service.KAFKA, servers, login, registry + "/full");
      String named = "schema registry (--schemaRegistryUrl): ";
      assertUnusable(Service.KAFKA, named + "answers 503", servers, login, registry + "/sick");
      assertUnusable(
          Service.KAFKA,
          named + "access refused (answers 401)",
          servers,
          login,
          registry + "/closed");
      for (String path : List.of("", "/astray")) {
        assertUnusable(
            Service.KAFKA,
            named + "there is no registry of Confluent's API at this path",
            servers,
            login,
            registry + path);
      }
    } finally {
      server.stop(0);
    }
    assertUnusable(
        Service.KAFKA,
        "schema registry (--schemaRegistryUrl): cannot be reached",
        servers,
        login,
        "--schemaRegistryUrl=http://127.0.0.1:1/apis/ccompat/v7");
    assertThatThrownBy(
            () -> require(Service.KAFKA, servers, login, "--schemaRegistryUrl=http://a b"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("--schemaRegistryUrl: ");
  }

  private static void answer(HttpServer server, String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  @Test
  void redisIsReachedOrNamed(EmbeddedRedis redis) throws Exception {
    String password = "--redisPassword=" + SecretReference.toFile(redis.passwordFile());
    assertUsable(Service.REDIS, "--redisUri=" + redis.address(), password);
    assertUnusable(
        Service.REDIS,
        "Redis (--redisUri): cannot be reached",
        "--redisUri=redis://127.0.0.1:1",
        password);
    Path wrong = Files.writeString(folder.resolve("wrong"), SECRET);
    assertUnusable(
        Service.REDIS,
        "Redis (--redisUri): user, password or database refused",
        "--redisUri=" + redis.address(),
        "--redisPassword=${file:" + wrong + "}");
    assertUnusable(
        Service.REDIS,
        "Redis (--redisUri): user, password or database refused",
        "--redisUri=" + redis.address());
    assertThatThrownBy(() -> require(Service.REDIS, "--redisUri=redis://no host"))
        .isInstanceOf(InvalidOptionException.class);
  }

  private static void assertUsable(Service service, String... arguments) throws Exception {
    assertThat(require(service, arguments).uses(service)).isTrue();
  }

  private static void assertUnusable(Service service, String line, String... arguments) {
    assertThatThrownBy(() -> require(service, arguments))
        .isInstanceOf(ServiceUnavailableException.class)
        .hasMessage(line)
        .hasMessageNotContaining(SECRET);
  }

  private static Services require(Service service, String... arguments) throws Exception {
    PipelineOptions options = PipelineOptionsFactory.fromArgs(arguments).create();
    Services services =
        new Services(
            options,
            home -> {
              throw new AssertionError("nothing is to be embedded");
            });
    services.require(Needs.allOf(service));
    return services;
  }
}
