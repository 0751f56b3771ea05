package vn.phusa.runners.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, or a request to terminate, while the services start. */
class InterruptedDemoIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  /** From the first file that the services make to the middle of the database's making. */
  @ParameterizedTest
  @ValueSource(strings = {"lock", "postgres", "postgres/data"})
  void itIsToldAsAnInterruption(String madeBefore) throws Exception {
    Path home = folder.resolve("home");
    Path output = folder.resolve("output");
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--home=" + home)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      Instant end = Instant.now().plus(LIMIT);
      while (!Files.exists(home.resolve(madeBefore))) {
        assertThat(demo.isAlive()).as(Files.readString(output)).isTrue();
        assertThat(Instant.now()).as("the end of waiting").isBefore(end);
        Thread.sleep(1);
      }
      demo.destroy();

      assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      demo.destroyForcibly();
    }
    List<String> told = Files.readAllLines(output);
    assertThat(demo.exitValue()).as(told.toString()).isEqualTo(ExitCode.INTERRUPTED.number());
    assertThat(told).endsWith("phusa: stopped");
  }
}
