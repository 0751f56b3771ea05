package vn.phusa.runners.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.junit.ListeningSocket;
import vn.phusa.runners.embedded.process.Deadline;

/** cluster.sh, as a person types it, and those who should not get at what it starts. */
class ClusterCommandIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(4));
  private static final Path BUILD = Path.of(System.getProperty("phusa.flink.build"));
  private static final Path HOME = BUILD.resolve("command-cluster");

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    LocalFlinkCluster.stopLeftBehind(HOME);
    Ended started = cluster("start");
    assertThat(started.code).as(started.told).isZero();
    assertThat(started.told).contains("Flink runs on https://127.0.0.1:", "TaskManagers: 1");
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(cluster("stop").code).isZero();
    assertThat(LocalFlinkCluster.isRunning(HOME)).isFalse();
    Ended status = cluster("status");
    assertThat(status.code).isEqualTo(3);
    assertThat(status.told).startsWith("No cluster runs under ").hasLineCount(1);
  }

  @Test
  void nobodyGetsInWithoutItsCertificate() throws Exception {
    List<ListeningSocket> sockets =
        ListeningSocket.of(LocalFlinkCluster.processesIn(HOME).running());
    // REST, RPC, metrics and files of the one; RPC, metrics and data of the other.
    assertThat(sockets).hasSizeGreaterThan(4);
    Strangers strangers = new Strangers(folder);

    strangers.getInNowhere(sockets);

    strangers.couldGetInWith(sockets, HOME.resolve("conf"));
    assertThat(rest().taskManagers()).isNotEmpty();
  }

  @Test
  void itsKeysAreItsOwnersAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(HOME)))
        .isEqualTo("rwx------");
    try (Stream<Path> keys = Files.list(HOME.resolve("keys"))) {
      List<Path> files = new ArrayList<>(keys.toList());
      assertThat(files).hasSize(5);
      files.add(HOME.resolve("conf/config.yaml"));
      for (Path file : files) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void startReplacesWhatIsMissing() throws Exception {
    List<Long> before = pids(false);
    kill(true);
    Ended status = cluster("status");
    assertThat(status.code).isEqualTo(3);
    assertThat(status.told)
        .startsWith("The JobManager is dead, and its jobs are forgotten; TaskManagers: ")
        .hasLineCount(1);
    Ended page = cluster("page");
    assertThat(page.code).isEqualTo(3);
    assertThat(page.told).contains("no JobManager runs").hasLineCount(1);

    Ended started = cluster("start");
    assertThat(started.code).as(started.told).isZero();
    assertThat(pids(false)).isEqualTo(before);

    kill(false);
    Ended without = cluster("status");
    assertThat(without.code).isEqualTo(3);
    assertThat(without.told).contains("No job can run");

    started = cluster("start", "2");
    assertThat(started.code).as(started.told).isZero();
    assertThat(started.told).contains("TaskManagers: 2");
  }

  /** The environment is that of whoever started the cluster. */
  @Test
  void aSecretThatTheTaskManagersLackIsNamed() throws Exception {
    Ended ended =
        cluster(
            "run",
            "status",
            "--warehouseUrl=jdbc:postgresql://127.0.0.1:1/x",
            "--warehousePassword=${env:NO_SUCH_PASSWORD}");

    assertThat(ended.code).as(ended.told).isEqualTo(2);
    assertThat(ended.told)
        .startsWith(
            "cluster.sh: --warehousePassword: ${env:NO_SUCH_PASSWORD} is not set in the environment"
                + " of taskmanager-")
        .hasLineCount(1);
  }

  @Test
  void itsPageIsForOneBrowserThatLooks() throws Exception {
    Path told = folder.resolve("page");
    Process page = process(told, "page");
    try {
      await().atMost(LIMIT).until(() -> Files.readString(told).contains("/?token="));
      String url = Files.readString(told).lines().skip(1).findFirst().orElseThrow();
      URI root = URI.create(url.substring(0, url.indexOf('?')));

      assertThat(ask(root.resolve("/overview"), "GET", null).statusCode()).isEqualTo(403);
      assertThat(ask(root.resolve("/?token=guessed"), "GET", null).statusCode()).isEqualTo(403);
      HttpResponse<String> first = ask(URI.create(url), "GET", null);
      assertThat(first.statusCode()).isEqualTo(303);
      String cookie = first.headers().firstValue("set-cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
      cookie = cookie.substring(0, cookie.indexOf(';'));
      assertThat(ask(URI.create(url), "GET", null).statusCode()).as("a second time").isEqualTo(403);

      HttpResponse<String> overview = ask(root.resolve("/overview"), "GET", cookie);
      assertThat(overview.statusCode()).isEqualTo(200);
      assertThat(overview.body()).contains("taskmanagers");
      assertThat(ask(root, "GET", cookie).body()).contains("<flink-root");
      for (String method : List.of("POST", "PATCH", "DELETE", "PUT")) {
        assertThat(ask(root.resolve("/jobs"), method, cookie).statusCode())
            .as(method)
            .isEqualTo(405);
      }
      assertThat(ask(root.resolve("/jobs/00/yarn-cancel"), "GET", cookie).statusCode())
          .isEqualTo(403);
      assertThat(ask(root.resolve("/jobs/00/%79arn-stop"), "GET", cookie).statusCode())
          .isEqualTo(403);
      assertThat(ListeningSocket.ofTree(page.toHandle())).allMatch(ListeningSocket::isLoopback);
    } finally {
      page.destroy();
      assertThat(page.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private static HttpResponse<String> ask(URI place, String method, String cookie)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place).method(method, HttpRequest.BodyPublishers.noBody());
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static FlinkRest rest() throws Exception {
    String port = Files.readString(HOME.resolve(LocalFlinkCluster.REST_PORT)).strip();
    return new FlinkRest(
        "https://127.0.0.1:" + port, new ClusterKeys(HOME.resolve("keys")).client());
  }

  private static List<ClusterProcess> processes(boolean jobManager) {
    return ClusterProcess.in(LocalFlinkCluster.processesIn(HOME)).stream()
        .filter(process -> process.isJobManager() == jobManager)
        .toList();
  }

  private static List<Long> pids(boolean jobManager) {
    return processes(jobManager).stream().map(ClusterProcess::pid).toList();
  }

  private static void kill(boolean jobManager) {
    processes(jobManager).forEach(process -> process.kill(LIMIT));
  }

  /** A process that has ended. */
  private record Ended(int code, String told) {}

  private static Ended cluster(String... arguments) throws Exception {
    Path told = folder.resolve("told");
    Process process = process(told, arguments);
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Files.readString(told, StandardCharsets.UTF_8));
  }

  private static Process process(Path told, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(Path.of("cluster.sh").toRealPath().toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile());
    builder.environment().put("PHUSA_FLINK_HOME", HOME.toString());
    return builder.start();
  }
}
