package vn.phusa.runners.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.flink.FlinkMain;
import vn.phusa.runners.flink.cluster.FlinkSubmission.Ended;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/**
 * A stream under load on a cluster, with SIGKILL for its processes, its client and the services
 * that it lives on: everything that it wrote is what an undisturbed stream writes. With -Pfaults
 * eleven kills at random moments, otherwise two.
 */
@Timeout(1_200)
class KilledStreamIT {
  private static final Logger LOG = LoggerFactory.getLogger(KilledStreamIT.class);
  private static final long SEED = Long.getLong("phusa.faults.seed", 20250301);
  private static final boolean FULL = "full".equals(System.getProperty("phusa.faults"));
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(3));
  private static final String RUNNING = "etl_run WHERE status = 'running'";
  private static final double PER_SECOND = 150;
  private static final int SECONDS_OF_A_KILL = 20;

  private static final Path BUILD = Path.of(System.getProperty("phusa.flink.build"));

  /** What is killed. */
  private enum Target {
    CLIENT,
    TASK_MANAGER,
    JOB_MANAGER,
    REDIS,
    POSTGRES,
    KAFKA
  }

  private final Random random = new Random(SEED);
  private LocalFlinkCluster cluster;
  private int taskManager;
  private Process client;
  private String job;

  @Test
  void whatIsKilledLosesNothingAndDoublesNothing() throws Exception {
    List<Target> kills = kills();
    try (EmbeddedServices services = EmbeddedServices.forTests(BUILD.resolve("killed-stream"))) {
      StreamedStores disturbed = new StreamedStores(services, "disturbed", 1);
      disturbed.createTopics();
      services.postgres().createDatabase("disturbed");
      cluster =
          LocalFlinkCluster.start(
              FlinkInstallation.ofBuild(BUILD),
              BUILD.resolve("killed-cluster"),
              ClusterPlan.of(1, 2));
      try (LocalFlinkCluster closing = cluster) {
        migrate(disturbed);
        begin(disturbed, List.of());
        CompletableFuture<Void> load = load(services, kills.size());
        for (Target target : kills) {
          awaitMore(disturbed, 1 + random.nextInt(300), load);
          Instant killed = Instant.now();
          kill(target, services, disturbed);
          LOG.info("{}: killed and started again in {} ms", target, millisSince(killed));
        }
        load.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(disturbed.lag()).isZero());
        // Offsets do not wait for the windows.
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () -> assertThat(disturbed.shown()).isEqualTo(disturbed.windowsToShow()));
        SortedMap<String, JsonNode> processed = disturbed.processed();
        cluster.cancel(job);
        clientEndsWith(4);
        assertThat(disturbed.count(RUNNING)).as("runs of jobs that have ended").isZero();

        StreamedStores calm = new StreamedStores(services, "calm", 2);
        services.postgres().createDatabase("calm");
        migrate(calm);
        done(calm.streamArguments("--until=now"));
        assertSame(disturbed, processed, calm);
      } finally {
        if (client != null) {
          client.destroyForcibly();
        }
      }
    }
  }

  private List<Target> kills() {
    if (!FULL) {
      return List.of(Target.TASK_MANAGER, Target.CLIENT);
    }
    List<Target> kills =
        new ArrayList<>(
            List.of(
                Target.CLIENT,
                Target.TASK_MANAGER,
                Target.TASK_MANAGER,
                Target.TASK_MANAGER,
                Target.TASK_MANAGER,
                Target.JOB_MANAGER,
                Target.JOB_MANAGER,
                Target.JOB_MANAGER,
                Target.REDIS,
                Target.POSTGRES,
                Target.KAFKA));
    Collections.shuffle(kills, random);
    return kills;
  }

  private static void assertSame(
      StreamedStores disturbed, SortedMap<String, JsonNode> processed, StreamedStores calm)
      throws Exception {
    List<String> expected = calm.rows();
    assertThat(calm.count("fact_sales_realtime")).isGreaterThan(100);
    assertThat(calm.count("dead_letter")).isPositive();
    assertThat(disturbed.rows()).as("seed " + SEED).containsExactlyElementsOf(expected);
    // The calm one has written the same topic since, so it is those from before that count.
    assertThat(processed).as("seed " + SEED).isEqualTo(calm.processed());
    assertThat(processed).hasSize((int) calm.count("fact_sales_realtime"));
    assertThat(disturbed.shown()).as("seed " + SEED).isEqualTo(calm.shown());
  }

  /** Submits the stream as its user does; the client goes on watching it. */
  private void begin(StreamedStores stores, List<String> more) {
    List<String> known = cluster.jobs().stream().map(FlinkJob::id).toList();
    List<String> arguments = new ArrayList<>(stores.streamArguments());
    arguments.addAll(
        List.of(
            "--checkpointingInterval=1000",
            "--externalizedCheckpointsEnabled=true",
            "--retainExternalizedCheckpointsOnCancellation=true"));
    arguments.addAll(more);
    Path output = cluster.logs().resolve("stream-client.out");
    client =
        FlinkSubmission.to(cluster)
            .withParallelism(2)
            .begun(FlinkMain.class.getName(), arguments, output);
    await()
        .atMost(LIMIT)
        .failFast("the client ended, see " + output, () -> !client.isAlive())
        .until(
            () -> {
              Optional<FlinkJob> begun =
                  cluster.jobs().stream()
                      .filter(one -> !known.contains(one.id()) && one.status().equals("RUNNING"))
                      .findFirst();
              begun.ifPresent(one -> job = one.id());
              return begun.isPresent();
            });
  }

  private void kill(Target target, EmbeddedServices services, StreamedStores stores)
      throws Exception {
    switch (target) {
      case CLIENT -> killClient(stores);
      case TASK_MANAGER -> {
        cluster.killTaskManager(taskManager);
        taskManager = cluster.startTaskManager();
      }
      case JOB_MANAGER -> {
        cluster.killJobManager();
        cluster.startJobManager();
        // It was watching what is no more; also its lock of the run must be gone.
        clientEndsWith(3);
        begin(
            stores,
            cluster.latestCheckpoint(job).map(path -> "--savepointPath=" + path).stream().toList());
      }
      case REDIS -> {
        services.redis().kill();
        services.redis().restart();
      }
      case POSTGRES -> {
        services.postgres().kill();
        services.postgres().restart();
      }
      case KAFKA -> {
        services.kafka().kill();
        services.kafka().restart();
      }
    }
  }

  /** Its job continues without it, until the next client takes its place. */
  private void killClient(StreamedStores stores) throws Exception {
    String left = job;
    client.destroyForcibly().waitFor();
    assertThat(alive()).extracting(FlinkJob::id).containsExactly(left);
    long before = stores.count(RUNNING);

    begin(stores, List.of());

    assertThat(alive()).extracting(FlinkJob::id).containsExactly(job).doesNotContain(left);
    assertThat(before).isOne();
    assertThat(stores.count(RUNNING)).as("runs that go on").isOne();
    assertThat(stores.count("etl_run WHERE status = 'aborted'")).isPositive();
  }

  private List<FlinkJob> alive() {
    return cluster.jobs().stream().filter(one -> !one.isEnded()).toList();
  }

  private void clientEndsWith(int code) throws Exception {
    assertThat(client.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("the client's end").isTrue();
    assertThat(client.exitValue()).isEqualTo(code);
  }

  private static CompletableFuture<Void> load(EmbeddedServices services, int kills) {
    Instant from = Instant.now().minus(20, ChronoUnit.MINUTES);
    long count = (long) (PER_SECOND * SECONDS_OF_A_KILL * kills);
    SampleEvents events =
        SampleShop.create(SEED, 200, 2_000, Instant.parse("2025-06-30T12:00:00Z"))
            .events(from, PER_SECOND)
            .dirty();
    Map<String, Object> kafka = services.kafka().clientSettings();
    return CompletableFuture.runAsync(() -> events.send(kafka, 0, count));
  }

  /** Until so many more sales were written, or all are. */
  private static void awaitMore(StreamedStores stores, int more, CompletableFuture<Void> load)
      throws Exception {
    long before = stores.count("fact_sales_realtime");
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () ->
                stores.count("fact_sales_realtime") >= before + more
                    || (load.isDone() && stores.lag() == 0));
  }

  private void migrate(StreamedStores stores) {
    List<String> arguments = new ArrayList<>(List.of("migrate", "--runner=DirectRunner"));
    arguments.addAll(stores.warehouseArguments());
    done(arguments);
  }

  private void done(List<String> arguments) {
    Ended ended = FlinkSubmission.to(cluster).attached(FlinkMain.class.getName(), arguments, LIMIT);
    assertThat(ended.code()).as(ended.output()).isZero();
  }

  private static long millisSince(Instant then) {
    return then.until(Instant.now(), ChronoUnit.MILLIS);
  }
}
