package vn.phusa.runners.jobs.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.process.Deadline;

/** Flink in a process of its own, which nobody can reach, and which asks nobody for its name. */
class ProcessFlinkIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(5));
  private static final String RIGHT = "true [100] []\nfalse [100] []\n";

  @TempDir private Path folder;

  /** Whatever the user's configuration would open. */
  @Test
  void itListensNowhere() throws Exception {
    Path configuration = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(
        configuration.resolve("config.yaml"),
        """
        rest.bind-address: 0.0.0.0
        rest.bind-port: 18000-18999
        jobmanager.bind-host: 0.0.0.0
        taskmanager.bind-host: 0.0.0.0
        blob.server.port: 19000-19999
        queryable-state.enable: true
        minicluster.number-of-taskmanagers: 2
        """);

    run(List.of(), "--flinkConfDir=" + configuration);
  }

  /** In a container, and on many a laptop. */
  @Test
  void itNeedsNoNameOfTheMachine() throws Exception {
    List<String> elsewhere =
        List.of("unshare", "-r", "-u", "sh", "-c", "hostname no-such-name && exec \"$@\"", "sh");
    assumeTrue(works(elsewhere), "a namespace with a name of its own cannot be made here");

    run(elsewhere);
  }

  private void run(List<String> inside, String... options) throws Exception {
    Path told = folder.resolve("told");
    Path output = folder.resolve("output");
    List<String> line = new ArrayList<>(inside);
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LargePipeline.class.getName(),
            told.toString()));
    line.addAll(List.of(options));
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(told).hasContent(RIGHT);
  }

  private static boolean works(List<String> inside) throws Exception {
    List<String> line = new ArrayList<>(inside);
    line.add("true");
    try {
      return new ProcessBuilder(line).start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
