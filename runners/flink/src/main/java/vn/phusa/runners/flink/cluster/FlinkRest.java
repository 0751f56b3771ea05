package vn.phusa.runners.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import vn.phusa.runners.embedded.process.Deadline;

/** The REST interface of a JobManager. */
public final class FlinkRest {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration SAVEPOINT = Duration.ofSeconds(120);

  private final String url;
  private final HttpClient client;
  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * @param url for example {@code https://127.0.0.1:8081}
   * @param keys the certificate that it is asked with, and those that it may have
   */
  FlinkRest(String url, SSLContext keys) {
    this.url = url;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(keys)
            .connectTimeout(ANSWER)
            .build();
  }

  /**
   * What the cluster answers to a question.
   *
   * @param path for example {@code /jobs/overview}
   * @throws FlinkClusterException when it does not answer, or not with success
   */
  public JsonNode get(String path) {
    return ask(path, "GET", BodyPublishers.noBody());
  }

  /** Whether it answers at all. */
  boolean answers() {
    try {
      return get("/overview").has("taskmanagers");
    } catch (FlinkClusterException notYet) {
      return false;
    }
  }

  /** The resource ids of the TaskManagers that are registered. */
  List<String> taskManagers() {
    return get("/taskmanagers").findValuesAsText("id");
  }

  /** All jobs that the JobManager remembers, running or not. */
  public List<FlinkJob> jobs() {
    List<FlinkJob> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").get("jobs")) {
      jobs.add(
          new FlinkJob(
              job.get("jid").asText(), job.get("name").asText(), job.get("state").asText()));
    }
    return jobs;
  }

  /** How many checkpoints a job has completed, since it was submitted. */
  public long completedCheckpoints(String jobId) {
    return get("/jobs/" + jobId + "/checkpoints").at("/counts/completed").asLong();
  }

  /** Asks a job to end without a savepoint; it ends some time after. */
  public void cancel(String jobId) {
    ask("/jobs/" + jobId + "?mode=cancel", "PATCH", BodyPublishers.noBody());
  }

  /**
   * Ends a job in order, after its state was saved.
   *
   * @param folder where the savepoint goes
   * @return the savepoint
   * @throws FlinkClusterException when it fails or takes too long
   */
  public Path stopWithSavepoint(String jobId, Path folder) {
    String body =
        mapper
            .createObjectNode()
            .put("drain", false)
            .put("targetDirectory", folder.toUri().toString())
            .toString();
    String trigger =
        ask("/jobs/" + jobId + "/stop", "POST", BodyPublishers.ofString(body))
            .get("request-id")
            .asText();
    AtomicReference<JsonNode> answer = new AtomicReference<>();
    boolean completed =
        Deadline.await(
            SAVEPOINT,
            () -> {
              answer.set(get("/jobs/" + jobId + "/savepoints/" + trigger));
              return answer.get().at("/status/id").asText().equals("COMPLETED");
            });
    JsonNode location = answer.get().at("/operation/location");
    if (!completed || location.isMissingNode()) {
      throw new FlinkClusterException(
          "No savepoint of job " + jobId + ": " + firstLine(answer.get().at("/operation")));
    }
    return Path.of(URI.create(location.asText()));
  }

  private static String firstLine(JsonNode operation) {
    String cause = operation.at("/failure-cause/stack-trace").asText();
    return cause.isEmpty() ? "not completed in time" : cause.lines().findFirst().orElse("");
  }

  private JsonNode ask(String path, String method, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new FlinkClusterException(
            method + " " + path + " was answered with " + response.statusCode());
      }
      return mapper.readTree(response.body());
    } catch (IOException e) {
      throw new FlinkClusterException("The JobManager at " + url + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkClusterException("Interrupted while asking the JobManager", e);
    }
  }
}
