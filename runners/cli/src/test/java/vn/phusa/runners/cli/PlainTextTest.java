package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.Failure;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.preflight.Services;

/**
 * No login goes beyond loopback in plain text, or to whoever answers, unless that was asked for.
 */
class PlainTextTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WAREHOUSE --warehouseUrl=jdbc:postgresql://db.example/w?sslmode=disable | --warehouseUrl: with"
            + " sslmode=disable the login may go beyond loopback in plain text; give"
            + " sslmode=verify-full, or allow it by --allowPlainText=warehouse",
        "OLTP --oltpUrl=jdbc:postgresql://db.example/w?sslmode=prefer | --oltpUrl: with"
            + " sslmode=prefer the login may go beyond loopback in plain text; give"
            + " sslmode=verify-full, or allow it by --allowPlainText=oltp",
        "REDIS --redisUri=redis://redis.example --redisPassword=${env:PATH} | --redisUri: by"
            + " redis:// the login goes beyond loopback in plain text; give rediss://, or allow it by"
            + " --allowPlainText=redis",
        "REDIS --redisUri=redis://redis.example --redisUser=a | --redisUri: by redis:// the login"
            + " goes beyond loopback in plain text; give rediss://, or allow it by"
            + " --allowPlainText=redis",
        "STAGING --stagingUri=mongodb://db.example --stagingUser=a --stagingPassword=${env:PATH} |"
            + " --stagingUri: without tls=true the login goes beyond loopback in plain text; give it,"
            + " or allow it by --allowPlainText=staging",
        "STAGING --stagingUri=mongodb+srv://db.example/?ssl=false --stagingUser=a"
            + " --stagingPassword=${env:PATH} | --stagingUri: without tls=true the login goes beyond"
            + " loopback in plain text; give it, or allow it by --allowPlainText=staging",
        "STAGING --stagingUri=mongodb://localhost,db.example/?tls=true&tlsInsecure=true |"
            + " --stagingUri: tlsinsecure lets the client speak to whoever answers; leave it out, or"
            + " allow it by --allowPlainText=staging",
        "STAGING --stagingUri=mongodb://db.example?tls=true&tlsAllowInvalidHostnames=true |"
            + " --stagingUri: tlsallowinvalidhostnames lets the client speak to whoever answers; leave"
            + " it out, or allow it by --allowPlainText=staging",
        "WAREHOUSE --allowPlainText=everything --warehouseUrl=jdbc:postgresql://db.example/w |"
            + " --allowPlainText: one or more of oltp,warehouse,staging,kafka,redis expected",
        "WAREHOUSE --tlsCaFile=/none | --tlsCaFile: there is no file /none",
        "WAREHOUSE --tlsCaFile=/dev/null | --tlsCaFile: the file /dev/null is no file of"
            + " certificates in PEM",
      })
  void aLoginInPlainTextIsRefused(String commandLine, String line) {
    assertRefused(commandLine, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "security.protocol=SASL_PLAINTEXT | with security.protocol=SASL_PLAINTEXT the login goes"
            + " beyond loopback in plain text; give SASL_SSL",
        "security.protocol=sasl_plaintext | with security.protocol=SASL_PLAINTEXT the login goes"
            + " beyond loopback in plain text; give SASL_SSL",
        "security.protocol=SSL,ssl.endpoint.identification.algorithm= |"
            + " ssl.endpoint.identification.algorithm lets the clients speak to whoever answers; leave"
            + " it out",
        "security.protocol=SASL_SSL,sasl.oauthbearer.token.endpoint.url=http://id.example/token |"
            + " sasl.oauthbearer.token.endpoint.url sends a secret beyond loopback in plain text; give"
            + " https",
      })
  void soIsWhatKafkasPropertiesAskFor(String properties, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("kafka"), properties.replace(",", "\n"));
    assertRefused(
        "KAFKA --kafkaBootstrapServers=127.0.0.1:9092,kafka.example:9092 --kafkaProperties=" + file,
        "--kafkaProperties: " + problem + ", or allow it by --allowPlainText=kafka");
  }

  /** Nothing was connected to: the service that is not given is named before. */
  @Test
  void whatIsEncryptedOrStaysHereOrIsAllowedIsNotRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("kafka"), "security.protocol=SASL_PLAINTEXT\n");
    String kafka = "KAFKA --kafkaProperties=" + file + " --kafkaBootstrapServers=";
    String redis = "REDIS --redisPassword=${env:PATH} --redisUri=";
    String staging = "STAGING --stagingUser=a --stagingPassword=${env:PATH} --stagingUri=";
    for (String commandLine :
        new String[] {
          kafka + "127.0.0.1:9092,[::1]:9092",
          kafka + "kafka.example:1 --allowPlainText=kafka,redis",
          redis + "redis://127.0.0.2",
          redis + "rediss://redis.example",
          redis + "redis://redis.example --allowPlainText=kafka,redis",
          "REDIS --redisUri=redis://redis.example",
          staging + "mongodb+srv://db.example/?retryWrites=true",
          staging + "mongodb://db.example/?ssl=true",
          staging + "mongodb://localhost:1/?tlsInsecure=true",
          "STAGING --stagingUri=mongodb://db.example",
        }) {
      assertRefused(commandLine, "give --warehouseUrl or --embedded");
    }
  }

  private static void assertRefused(String commandLine, String line) {
    List<String> all = List.of(commandLine.split(" "));
    String[] arguments = all.subList(1, all.size()).toArray(String[]::new);
    PipelineOptions options = PipelineOptionsFactory.fromArgs(arguments).create();
    try (Services services =
        new Services(
            options,
            home -> {
              throw new AssertionError("nothing is to be embedded");
            })) {
      Throwable refused =
          catchThrowable(
              () -> services.require(Needs.allOf(Service.valueOf(all.get(0)), Service.WAREHOUSE)));

      assertThat(refused).as(commandLine).isNotNull();
      assertThat(Failure.of(refused)).isEqualTo(new Failure(ExitCode.WRONG_OPTIONS, line));
    }
  }
}
