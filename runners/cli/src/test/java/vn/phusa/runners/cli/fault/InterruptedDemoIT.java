package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;
import vn.phusa.runners.embedded.process.JavaProcess;
import vn.phusa.runners.jobs.failure.ExitCode;

/** Ctrl-C, or a request to terminate, while the services start and while events are streamed. */
class InterruptedDemoIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));

  @TempDir Path folder;

  /** From the first file that the services make to the middle of the database's making. */
  @ParameterizedTest
  @ValueSource(strings = {"lock", "postgres", "postgres/data"})
  void itIsReportedAsAnInterruption(String madeBefore) throws Exception {
    isInterruptedWhen(told -> Files.exists(home().resolve(madeBefore)));
  }

  @Test
  void itEndsAStreamToo() throws Exception {
    isInterruptedWhen(
        told -> told.contains(" events sent, "),
        "--sampleCustomers=20",
        "--sampleOrders=100",
        "--sampleEvents=1000000",
        "--platforms=fptshop");
  }

  /** Something that is seen, in the folder or in what was told, before the demo is interrupted. */
  private interface Sign {
    boolean isSeen(String told) throws Exception;
  }

  private void isInterruptedWhen(Sign sign, String... options) throws Exception {
    Path output = folder.resolve("output");
    List<String> command = JavaProcess.line();
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "demo",
            "--home=" + home()));
    command.addAll(List.of(options));
    Process demo =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      await("the sign in " + output)
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                assertThat(demo.isAlive()).as(Files.readString(output)).isTrue();
                return sign.isSeen(Files.readString(output));
              });
      demo.destroy();

      assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      demo.destroyForcibly();
    }
    List<String> told = Files.readAllLines(output);
    assertThat(demo.exitValue()).as(told.toString()).isEqualTo(ExitCode.INTERRUPTED.number());
    assertThat(told).endsWith("phusa: stopped");
    for (FolderProcesses left :
        List.of(
            new FolderProcesses("postgres", home().resolve("postgres/data")),
            new FolderProcesses("redis-server", home().resolve("redis/data")),
            new FolderProcesses("java", home().resolve("kafka")))) {
      assertThat(left.running()).isEmpty();
    }
  }

  private Path home() throws IOException {
    return folder.toRealPath().resolve("home");
  }
}
