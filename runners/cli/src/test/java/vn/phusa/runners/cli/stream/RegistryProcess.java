package vn.phusa.runners.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;

/** Apicurio's registry in a process of its own, on loopback, with its data in memory. */
final class RegistryProcess implements AutoCloseable {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final String url;

  private RegistryProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it.
   *
   * @param distribution the folder that its archive was unpacked to
   */
  static RegistryProcess start(Path distribution, Path output) throws IOException {
    Path jar;
    try (Stream<Path> files = Files.list(distribution)) {
      jar = files.filter(file -> file.toString().endsWith("-runner.jar")).findAny().orElseThrow();
    }
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> line = JavaProcess.line();
    line.addAll(
        List.of(
            "-Xmx384m",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-jar",
            jar.toString()));
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    RegistryProcess registry =
        new RegistryProcess(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(IOException.class)
        .failFast(() -> assertThat(process.isAlive()).as(Files.readString(output)).isTrue())
        .until(() -> registry.answer(registry.request("/subjects").build()).statusCode() == 200);
    return registry;
  }

  /** Where its API of Confluent's form begins. */
  String url() {
    return url;
  }

  /** Registers a schema as a new version of a subject, and returns its id. */
  int register(String subject, Schema schema) throws Exception {
    HttpResponse<String> answer =
        answer(
            request("/subjects/" + subject + "/versions")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        JSON.writeValueAsString(Map.of("schema", schema.toString()))))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).get("id").intValue();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
