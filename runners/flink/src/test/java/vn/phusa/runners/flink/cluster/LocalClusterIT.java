package vn.phusa.runners.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.flink.FlinkMain;
import vn.phusa.runners.flink.cluster.FlinkSubmission.Ended;
import vn.phusa.runners.samples.SampleShop;

/** Processes of a real cluster, killed and started again, under jobs from the production jar. */
@WithEmbeddedServices
class LocalClusterIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));
  private static final int MAX_SEARCHED = 8 << 20;

  private static final Path BUILD = Path.of(System.getProperty("phusa.flink.build"));
  private static final Path HOME = BUILD.resolve("local-cluster");

  private static LocalFlinkCluster cluster;

  @BeforeAll
  static void startWhereAnotherWasLeftBehind() throws Exception {
    FlinkInstallation build = FlinkInstallation.ofBuild(BUILD);
    LocalFlinkCluster.start(build, HOME, ClusterPlan.of(0, 1)).leave();
    List<ProcessHandle> left = LocalFlinkCluster.processesIn(HOME).running();
    assertThat(left).hasSize(1);

    cluster = LocalFlinkCluster.start(build, HOME, ClusterPlan.of(2, 1));

    assertThat(left).noneMatch(ProcessHandle::isAlive);
    assertThat(cluster.rest().taskManagers()).hasSize(2);
  }

  @AfterAll
  static void stopAll() {
    cluster.close();
    assertThat(LocalFlinkCluster.isRunning(HOME)).isFalse();
  }

  @Test
  void aStreamContinuesWhereItWasWhateverIsKilled(EmbeddedPostgres postgres) throws Exception {
    postgres.createDatabase("counted");
    try (Connection connection = postgres.connect("counted");
        Statement statement = connection.createStatement()) {
      statement.execute(CountingPipeline.TABLE);
      FlinkSubmission submission =
          FlinkSubmission.to(cluster)
              .withJar(TestJar.of(CountingPipeline.class, BUILD.resolve("counting.jar")))
              .withCheckpointInterval(Duration.ofSeconds(1));
      List<String> arguments = new ArrayList<>(warehouse(postgres, "counted"));
      arguments.addAll(List.of("--maxBundleSize=1000", "--maxBundleTimeMills=200"));

      String first = submission.detached(CountingPipeline.class.getName(), arguments);
      awaitProgress(statement, first);
      cluster.killTaskManager(0);
      cluster.startTaskManager();
      awaitProgress(statement, first);
      assertThat(cluster.rest().get("/jobs/" + first + "/exceptions").toString())
          .contains("taskmanager-0");

      Path savepoint = cluster.stopWithSavepoint(first);
      arguments.add("--savepointPath=" + savepoint);
      String second = submission.detached(CountingPipeline.class.getName(), arguments);
      awaitProgress(statement, second);

      cluster.killJobManager();
      cluster.startJobManager();
      assertThat(cluster.jobs()).isEmpty();
      arguments.set(
          arguments.size() - 1,
          "--savepointPath=" + cluster.latestCheckpoint(second).orElseThrow());
      String third = submission.detached(CountingPipeline.class.getName(), arguments);
      awaitProgress(statement, third);
      assertShowsNoSecret(postgres, third);
      cluster.cancel(third);
      await().atMost(LIMIT).until(() -> cluster.jobs().stream().allMatch(FlinkJob::isEnded));
      assertThat(cluster.latestCheckpoint(third)).isPresent();
    }
    postgres.dropDatabase("counted");
  }

  @Test
  void theProductionJarLoadsWhatTheDirectRunnerLoads(EmbeddedPostgres postgres) throws Exception {
    postgres.createDatabase("jar_shop");
    postgres.createDatabase("jar_flink");
    try (Connection shop = postgres.connect("jar_shop")) {
      SampleShop.create(7, 200, 2_000, Instant.parse("2025-06-30T12:00:00Z")).writeTo(shop);
    }
    assertDone(flinkRun("migrate", warehouse(postgres, "jar_flink")));
    try (Connection connection = postgres.connect("jar_shop");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE jar_direct TEMPLATE jar_flink");
    }
    assertDone(flinkRun("load-dimensions", load(postgres, "jar_flink")));
    List<String> direct = new ArrayList<>(List.of("load-dimensions", "--runner=DirectRunner"));
    direct.addAll(load(postgres, "jar_direct"));
    assertDone(FlinkSubmission.to(cluster).attached(FlinkMain.class.getName(), direct, LIMIT));

    assertThat(dimensions(postgres, "jar_flink"))
        .isEqualTo(dimensions(postgres, "jar_direct"))
        .hasSizeGreaterThan(200);
    assertThat(cluster.jobs()).filteredOn(job -> job.status().equals("FINISHED")).isNotEmpty();
    for (FlinkJob job : cluster.jobs()) {
      assertShowsNoSecret(postgres, job.id());
    }
    for (String database : List.of("jar_shop", "jar_direct", "jar_flink")) {
      postgres.dropDatabase(database);
    }
  }

  private static Ended flinkRun(String command, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(options);
    return FlinkSubmission.to(cluster).flinkRun(arguments, LIMIT);
  }

  private static void assertDone(Ended ended) {
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  private static List<String> load(EmbeddedPostgres postgres, String warehouse) {
    List<String> arguments = new ArrayList<>(warehouse(postgres, warehouse));
    arguments.add("--oltpUrl=" + postgres.jdbcUrl("jar_shop"));
    arguments.add("--oltpUser=" + postgres.user());
    arguments.add("--oltpPassword=" + SecretReference.toFile(postgres.passwordFile()));
    return arguments;
  }

  private static List<String> warehouse(EmbeddedPostgres postgres, String database) {
    return List.of(
        "--warehouseUrl=" + postgres.jdbcUrl(database),
        "--warehouseUser=" + postgres.user(),
        "--warehousePassword=" + SecretReference.toFile(postgres.passwordFile()));
  }

  /** Until more was counted and a checkpoint was made, since now; and nothing counted wrongly. */
  private static void awaitProgress(Statement statement, String job) throws Exception {
    long numbers = counted(statement);
    long checkpoints = cluster.rest().completedCheckpoints(job);
    await()
        .atMost(LIMIT)
        .until(
            () ->
                counted(statement) > numbers + 2 * CountingPipeline.RESTS
                    && cluster.rest().completedCheckpoints(job) > checkpoints);
    try (ResultSet row =
        statement.executeQuery("SELECT rest, numbers, total FROM totals ORDER BY rest")) {
      int rests = 0;
      for (; row.next(); rests++) {
        long n = row.getLong(2);
        long total = n * row.getInt(1) + CountingPipeline.RESTS * (n * (n - 1) / 2);
        assertThat(row.getLong(3))
            .as("the sum of the first %d of rest %d", n, rests)
            .isEqualTo(total);
      }
      assertThat(rests).isEqualTo(CountingPipeline.RESTS);
    }
  }

  private static long counted(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT coalesce(sum(numbers), 0) FROM totals")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The versions as they are, but for their surrogate keys and the time that each was read at. */
  private static List<String> dimensions(EmbeddedPostgres postgres, String database)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT (to_jsonb(d) - 'customer_key' - 'change_observed_at')::text
                  FROM dim_customer d
                UNION ALL SELECT (to_jsonb(d) - 'product_key' - 'change_observed_at')::text
                  FROM dim_product d
                UNION ALL SELECT 'dead letters: ' || count(*) FROM dead_letter ORDER BY 1
                """)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  /** Neither what the REST interface tells of a job, nor any file of the cluster. */
  private static void assertShowsNoSecret(EmbeddedPostgres postgres, String job)
      throws IOException {
    String password = postgres.password();
    assertThat(password).hasSizeGreaterThan(8);
    assertThat(cluster.rest().get("/jobs/" + job + "/plan").toString())
        .contains("Keep")
        .doesNotContain(password);
    for (String page : List.of("", "/config", "/exceptions", "/accumulators")) {
      assertThat(cluster.rest().get("/jobs/" + job + page).toString()).doesNotContain(password);
    }
    Files.walkFileTree(
        HOME,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && attributes.size() < MAX_SEARCHED) {
              assertDoesNotHold(file, password);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return skipVanished(e);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            return skipVanished(e);
          }
        });
  }

  private static void assertDoesNotHold(Path file, String password) throws IOException {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(text.contains(password)).as("%s holds the password", file).isFalse();
    } catch (NoSuchFileException e) {
      var unused = skipVanished(e);
    }
  }

  /** The cluster works meanwhile: its jobs remove files of their state. */
  private static FileVisitResult skipVanished(IOException e) throws IOException {
    if (e != null && !(e instanceof NoSuchFileException)) {
      throw e;
    }
    return FileVisitResult.CONTINUE;
  }
}
