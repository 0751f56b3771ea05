package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/**
 * SIGKILL at random moments, with -Pfaults alone: of the client, of the machine that it runs on,
 * which vanishes from the network, and of the database. The next command starts within a minute,
 * and what it leaves is what an undisturbed one leaves.
 */
@EnabledIfSystemProperty(named = "phusa.faults", matches = "full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledMomentsIT {
  private static final Logger LOG = LoggerFactory.getLogger(KilledMomentsIT.class);
  private static final long SEED = Long.getLong("phusa.faults.seed", 20_261_130);
  private static final int TRIALS = Integer.getInteger("phusa.faults.trials", 50);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int CUSTOMERS = 400;
  private static final int ORDERS = 2_500;
  private static final int EVENTS = 1_200;

  /** What is killed. */
  private enum Target {
    CLIENT,
    MACHINE,
    DATABASE
  }

  /** What is disturbed. */
  private enum Work {
    RUN,
    STREAM_ON_DIRECT,
    STREAM_ON_FLINK
  }

  /** Of four trials two are runs; with phusa.faults.works=RUN all are. */
  private static final List<Work> WORKS =
      Stream.of(
              System.getProperty("phusa.faults.works", "RUN,RUN,STREAM_ON_DIRECT,STREAM_ON_FLINK")
                  .split(","))
          .map(Work::valueOf)
          .toList();

  private record Trial(int number, Target target, Work work, double moment) {}

  /**
   * @param start from the kill, or from when the database and its client had ended and were back,
   *     to the next command's own run
   */
  private record Outcome(
      Trial trial, Duration moment, Duration start, int refusals, List<String> differences) {}

  private final Random random = new Random(SEED);
  private final Path home = Path.of(System.getProperty("basedir", ""), "target", "killed-moments");
  private final SortedMap<Work, SortedMap<String, List<String>>> expected = new TreeMap<>();
  private final SortedMap<Work, Duration> usual = new TreeMap<>();
  private EmbeddedServices services;
  private ShopAndWarehouse shop;
  private SampleEvents events;
  private final AtomicInteger works = new AtomicInteger();

  @BeforeAll
  void loadUndisturbed() throws Exception {
    assumeThat(RemovableMachine.isAllowed())
        .as("network namespaces, which need root and iproute2")
        .isTrue();
    services = EmbeddedServices.forTests(home);
    letMachinesIn();
    shop = ShopAndWarehouse.in(services.postgres(), "moments");
    try (Connection connection = shop.shop()) {
      SampleShop.create(SEED, CUSTOMERS, ORDERS, Instant.parse("2025-06-30T12:00:00Z"))
          .writeTo(connection);
    }
    assertThat(shop.onWarehouse("migrate").code()).isZero();
    events =
        SampleShop.create(SEED, 100, 1_000, Instant.parse("2025-06-30T12:00:00Z"))
            .events(Instant.now().minusSeconds(600), 5)
            .dirty();
    for (Work work : EnumSet.copyOf(WORKS)) {
      try (DisturbedWork calm = begin(work)) {
        Client client = Client.start(calm.arguments(), home.resolve("calm"), null);
        Instant begun = client.awaitRun(calm.databases());
        assertThat(client.awaitEnd()).as(client.output()).isZero();
        usual.put(work, Duration.between(begun, Instant.now()));
        expected.put(work, calm.written());
      }
    }
    LOG.info("undisturbed, from the run's begin to the end: {}", usual);
  }

  @AfterAll
  void stop() {
    if (services != null) {
      services.close();
    }
  }

  /** Their addresses are not this machine's. */
  private void letMachinesIn() throws Exception {
    try (Connection connection = services.postgres().connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW hba_file")) {
      row.next();
      Files.writeString(
          Path.of(row.getString(1)),
          "\nhost all all %s scram-sha-256\n".formatted(RemovableMachine.networks()),
          StandardOpenOption.APPEND);
    }
    try (Connection connection = services.postgres().connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  @Test
  void whateverIsKilledTheNextCommandStartsWithinAMinuteAndEndsInTheSame() throws Exception {
    List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
    // The database is everyone's, and the topics are every stream's: each of these is alone.
    Map<Boolean, List<Trial>> byAlone =
        trials().stream()
            .collect(Collectors.partitioningBy(trial -> trial.target() == Target.DATABASE));
    Map<Integer, List<Trial>> lanes =
        byAlone.get(false).stream()
            .collect(Collectors.groupingBy(t -> t.work() == Work.RUN ? t.number() % 2 : 2));
    ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (List<Trial> lane : lanes.values()) {
        running.add(threads.submit(() -> disturb(lane, outcomes)));
      }
      for (Future<?> lane : running) {
        lane.get();
      }
    } finally {
      threads.shutdownNow();
    }
    var unused = disturb(byAlone.get(true), outcomes);
    tell(outcomes);
    assertThat(outcomes).as("seed " + SEED).allMatch(o -> o.differences().isEmpty());
    assertThat(outcomes).as("seed " + SEED).allMatch(o -> o.start().compareTo(MINUTE) <= 0);
  }

  private List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < TRIALS; i++) {
      Target target = Target.values()[i % 3];
      Work work = WORKS.get(i / 3 % WORKS.size());
      if (target == Target.MACHINE && work == Work.STREAM_ON_FLINK) {
        // Flink in the process talks with itself over loopback, which a removable machine lacks.
        work = WORKS.get(0);
      }
      trials.add(new Trial(i, target, work, random.nextDouble()));
    }
    Collections.shuffle(trials, random);
    return trials;
  }

  private DisturbedWork begin(Work work) throws Exception {
    String name = "moment_" + works.incrementAndGet();
    return switch (work) {
      case RUN -> DisturbedRun.of(services.postgres(), shop, name, "moments_warehouse");
      case STREAM_ON_DIRECT -> DisturbedStream.of(services, name, "DirectRunner", events, EVENTS);
      case STREAM_ON_FLINK -> DisturbedStream.of(services, name, "FlinkRunner", events, EVENTS);
    };
  }

  private Void disturb(List<Trial> trials, List<Outcome> outcomes) throws Exception {
    for (Trial trial : trials) {
      Outcome outcome = disturb(trial);
      LOG.info("{}", outcome);
      outcomes.add(outcome);
      Files.writeString(
          home.resolveSibling("killed-moments.log"),
          Instant.now() + " " + outcome + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return null;
  }

  private Outcome disturb(Trial trial) throws Exception {
    try (DisturbedWork work = begin(trial.work());
        RemovableMachine machine =
            trial.target() == Target.MACHINE ? RemovableMachine.create(trial.number()) : null) {
      Path outputs = home.resolve("moment-" + trial.number());
      Client client = Client.start(work.arguments(), outputs, machine);
      try {
        Instant begun = client.awaitRun(work.databases());
        long moment = (long) (usual.get(trial.work()).toMillis() * trial.moment());
        boolean over = client.endsWithin(Duration.ofMillis(moment));
        Duration reached = Duration.between(begun, Instant.now());
        kill(trial.target(), client, machine);
        Instant killed = Instant.now();
        int refusals = 0;
        while (true) {
          Client next =
              Client.start(
                  work.arguments(), outputs.resolveSibling(outputs.getFileName() + "-next"), null);
          Instant started = next.awaitRunOrEnd(work.databases());
          int code = next.awaitEnd();
          if (code == 6 && Duration.between(killed, Instant.now()).compareTo(MINUTE) < 0) {
            refusals++;
            continue;
          }
          assertThat(code).as("%s%n%s%n%s", trial, client.output(), next.output()).isZero();
          List<String> differences = differences(expected.get(trial.work()), work.written());
          if (over) {
            LOG.info("{}: it had ended before its moment", trial);
          }
          return new Outcome(
              trial, reached, Duration.between(killed, started), refusals, differences);
        }
      } finally {
        client.kill();
      }
    }
  }

  private void kill(Target target, Client client, RemovableMachine machine) throws Exception {
    switch (target) {
      case CLIENT -> client.kill();
      case MACHINE -> machine.remove(client.process());
      case DATABASE -> {
        services.postgres().kill();
        Thread.sleep(random.nextInt(5_000));
        services.postgres().restart();
        // It lives, and either goes on or ends with a line that says why.
        int code = client.awaitEnd();
        assertThat(code).as(client.output()).isIn(0, 3, 4);
      }
    }
  }

  private static List<String> differences(
      SortedMap<String, List<String>> expected, SortedMap<String, List<String>> written) {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (kind, rows) -> {
          if (!rows.equals(written.get(kind))) {
            List<String> others = new ArrayList<>(written.get(kind));
            others.removeAll(rows);
            List<String> missing = new ArrayList<>(rows);
            missing.removeAll(written.get(kind));
            differences.add(
                "%s: %d rows for %d; more: %s; missing: %s"
                    .formatted(
                        kind,
                        written.get(kind).size(),
                        rows.size(),
                        others.stream().limit(3).toList(),
                        missing.stream().limit(3).toList()));
          }
        });
    return differences;
  }

  private void tell(List<Outcome> outcomes) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Target target : Target.values()) {
      List<Duration> starts =
          outcomes.stream()
              .filter(o -> o.trial().target() == target)
              .map(Outcome::start)
              .sorted()
              .toList();
      if (!starts.isEmpty()) {
        text.append(
            "%s: %d kills; next start after %d ms (median), %d ms (most)%n"
                .formatted(
                    target,
                    starts.size(),
                    starts.get(starts.size() / 2).toMillis(),
                    starts.get(starts.size() - 1).toMillis()));
      }
    }
    outcomes.forEach(outcome -> text.append(outcome).append('\n'));
    LOG.info("seed {}: {}", SEED, text);
    Files.writeString(home.resolveSibling("killed-moments.txt"), text);
  }
}
