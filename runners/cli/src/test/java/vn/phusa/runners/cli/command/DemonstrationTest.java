package vn.phusa.runners.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.jobs.failure.ExitCode;

/** The demonstration: its sample shop, its events, and the services that it keeps. */
class DemonstrationTest {
  @TempDir Path folder;
  private FakeLaunch launch;
  private FakeBackend backend;

  @BeforeEach
  void aWorld() throws Exception {
    launch = new FakeLaunch(folder);
    backend = launch.backend;
  }

  @Test
  void theDemonstrationIsEmbeddedAndFillsTheShopOnce() {
    assertThat(launch.run("demo", "--sampleEvents=0")).isEqualTo(ExitCode.DONE);
    assertThat(backend.calls.subList(0, 3))
        .startsWith("embedded at .phusa")
        .containsOnlyOnce("mongo", "marketplaces");
    assertThat(backend.calls.subList(3, backend.calls.size()))
        .containsExactly("fill", "migrate", "extract", "dimensions", "facts", "marts");
    assertThat(launch.out()).contains("Revenue, VND", "12,345", "./phusa demo --keepServices");

    backend.sampleIsThere = true;
    backend.calls.clear();
    launch.run("demo", "--sampleEvents=0");
    assertThat(backend.calls).contains("day").doesNotContain("fill");
  }

  @Test
  void theDemonstrationEndsWithEventsThatAreStreamed() {
    backend.ledger.now = Instant.parse("2025-03-01T00:00:00.123456789Z");

    assertThat(launch.run("demo", "--sampleEvents=70", "--runner=DirectRunner"))
        .isEqualTo(ExitCode.DONE);

    assertThat(backend.calls).contains("kafka", "redis").endsWith("70 events to 127.0.0.1:7");
    assertThat(backend.streams.seen.settings().topics())
        .containsExactlyInAnyOrder("sales_events", "customer_events", "inventory_events");
    // Redis knows windows by whole seconds: both stores are to be asked for the same ones.
    assertThat(backend.streams.earliest).isEqualTo(Instant.parse("2025-02-28T23:00:00Z"));
    assertThat(launch.out())
        .contains("07:05-07:10  Tiki      South", " 3     1,234,567")
        .contains(
            ") redis-cli -h 127.0.0.1 -p 8\n",
            "--bootstrap-server 127.0.0.1:7 --command-config "
                + backend.passwordFile.resolveSibling("kafka-tools.properties")
                + " --list\n");
    assertThat(backend.ledger.events).endsWith("sales_events SUCCEEDED", "run-2 SUCCEEDED");
  }

  @Test
  void noEventsOfTheSampleGoWithAShopOfOnesOwn() {
    assertThat(launch.run("demo", "--oltpUrl=jdbc:postgresql://127.0.0.1:1/d"))
        .isEqualTo(ExitCode.SERVICE_UNUSABLE);

    assertThat(backend.calls).doesNotContain("kafka", "redis");
  }

  @Test
  void keptServicesAreNamed() throws Exception {
    Thread demo = new Thread(() -> launch.run("demo", "--keepServices", "--sampleEvents=0"));
    demo.start();
    await().until(() -> launch.out().contains("until Ctrl-C") || !demo.isAlive());
    demo.interrupt();
    demo.join(10_000);

    assertThat(demo.isAlive()).isFalse();
    assertThat(launch.out())
        .contains(
            "PGPASSWORD=$(cat "
                + backend.passwordFile
                + ") psql -h 127.0.0.1 -p 5 -U phusa warehouse")
        .contains(
            "  mongosh mongodb://127.0.0.1:6/ecommerce_staging --authenticationDatabase admin"
                + " -u phusa (password: cat "
                + backend.passwordFile
                + ")\n")
        .doesNotContain("hunter2");
  }
}
