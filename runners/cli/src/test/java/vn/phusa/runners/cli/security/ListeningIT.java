package vn.phusa.runners.cli.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.ListeningSocket;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;
import vn.phusa.runners.samples.SampleShop;

/**
 * On which ports the commands listen, and whom they let in there. With -Pfaults every command on
 * every runner, otherwise some.
 */
@WithEmbeddedServices
class ListeningIT {
  private static final boolean FULL = "full".equals(System.getProperty("phusa.faults"));
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(5));
  private static final int POLL_MILLIS = 50;

  @TempDir private Path folder;

  /** With services that are given there is nothing to listen for. */
  @Test
  void commandsListenNowhere(EmbeddedKafka kafka, EmbeddedRedis redis, EmbeddedPostgres postgres)
      throws Exception {
    try (StreamWorld world = StreamWorld.of(kafka, redis, postgres, "listening")) {
      try (Connection shop = world.databases().shop()) {
        SampleShop.create(5, 20, 100, Instant.parse("2025-06-30T12:00:00Z")).writeTo(shop);
      }
      List<List<String>> commands = new ArrayList<>();
      commands.add(world.databases().loadArguments("run"));
      commands.add(world.arguments("stream", "--until=now"));
      if (FULL) {
        for (String load : List.of("load-dimensions", "load-facts")) {
          commands.add(world.databases().loadArguments(load));
        }
        for (String other : List.of("migrate", "refresh-marts", "status")) {
          List<String> arguments = new ArrayList<>(List.of(other));
          arguments.addAll(world.databases().warehouseArguments());
          commands.add(arguments);
        }
        commands.add(world.arguments("replay"));
      }
      for (String runner : FULL ? List.of("DirectRunner", "FlinkRunner") : List.of("FlinkRunner")) {
        for (List<String> command : commands) {
          List<String> arguments = new ArrayList<>(command);
          arguments.add("--runner=" + runner);
          assertThat(socketsOf(arguments)).as(command.get(0) + " on " + runner).isEmpty();
        }
      }
    }
  }

  private Set<ListeningSocket> socketsOf(List<String> arguments) throws Exception {
    Path output = folder.resolve("output");
    Process process = start(arguments, output);
    Set<ListeningSocket> seen =
        watched(process, output, text -> false, () -> ListeningSocket.ofTree(process.toHandle()));
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return seen;
  }

  /** What the demonstration starts is for its user alone. */
  @Test
  void theDemoListensOnLoopbackToItsUser() throws Exception {
    Path output = folder.resolve("output");
    Path home = folder.toRealPath().resolve("home");
    List<String> arguments =
        List.of(
            "demo",
            "--keepServices",
            "--home=" + home,
            "--sampleCustomers=20",
            "--sampleOrders=100",
            "--sampleEvents=200");
    Process demo = start(arguments, output);
    try {
      Set<ListeningSocket> seen =
          watched(demo, output, text -> text.contains("until Ctrl-C"), () -> of(demo, home));

      assertThat(seen).allMatch(ListeningSocket::isLoopback);
      assertThat(seen)
          .extracting(ListeningSocket::program)
          .containsOnly("postgres", "redis-server", "java");
      assertThat(Uninvited.letInBy(of(demo, home))).isEmpty();
    } finally {
      demo.destroy();
      assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  /** PostgreSQL and Redis leave the tree of those who started them. */
  private static Set<ListeningSocket> of(Process demo, Path home) throws IOException {
    Set<ListeningSocket> all = new HashSet<>(ListeningSocket.ofTree(demo.toHandle()));
    all.addAll(
        ListeningSocket.of(
            new FolderProcesses("postgres", home.resolve("postgres/data")).running()));
    all.addAll(
        ListeningSocket.of(
            new FolderProcesses("redis-server", home.resolve("redis/data")).running()));
    return all;
  }

  private static Process start(List<String> arguments, Path output) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    line.addAll(arguments);
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** All sockets that it had at some time, until it ends or has told something. */
  private static Set<ListeningSocket> watched(
      Process process,
      Path output,
      Predicate<String> enough,
      Callable<? extends Collection<ListeningSocket>> look)
      throws Exception {
    Set<ListeningSocket> seen = new HashSet<>();
    Instant end = Instant.now().plus(LIMIT);
    boolean told = false;
    while (!told && !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      assertThat(Instant.now()).as(Files.readString(output)).isBefore(end);
      seen.addAll(look.call());
      told = enough.test(Files.readString(output));
    }
    return seen;
  }
}
