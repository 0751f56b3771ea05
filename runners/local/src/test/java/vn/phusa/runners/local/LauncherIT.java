package vn.phusa.runners.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that people type, from a folder that is not the repository's. */
class LauncherIT {
  @TempDir Path elsewhere;

  @Test
  void helpIsPrintedOnStandardOutput() throws Exception {
    Ended help = launch("help");

    assertThat(help.code).isZero();
    assertThat(help.out).startsWith("Usage: ./phusa COMMAND").contains("load-facts");
  }

  @Test
  void aWrongCommandIsExitCode2AndOneLine() throws Exception {
    Ended nonsense = launch("nonsense");

    assertThat(nonsense.code).isEqualTo(2);
    assertThat(nonsense.out).isEmpty();
    assertThat(nonsense.err).isEqualTo("phusa: unknown command nonsense; see ./phusa help\n");
  }

  @Test
  void argumentsWithBlanksStayWhole() throws Exception {
    Ended blank = launch("migrate", "--warehouseUrl=no url at all");

    assertThat(blank.code).isEqualTo(2);
    assertThat(blank.err).startsWith("phusa: --warehouseUrl: ");
  }

  /** A process that has ended. */
  private record Ended(int code, String out, String err) {}

  private Ended launch(String... words) throws Exception {
    Path script = Path.of("../../phusa").toRealPath();
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    Path out = elsewhere.resolve("out");
    Path err = elsewhere.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(elsewhere.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("no end in sight");
    }
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
