package vn.phusa.runners.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.process.ProcessFolder;
import vn.phusa.runners.embedded.process.Deadline;

/** The script that people type, from a folder that is not the repository's. */
class LauncherIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(10));

  @TempDir Path elsewhere;
  private String javaOptions = "";
  private List<String> before = List.of();

  @BeforeEach
  void makeTemporary() throws Exception {
    Files.createDirectories(elsewhere.resolve("temporary"));
  }

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

  @Test
  void theFolderOfTheProcessGoesWithIt() throws Exception {
    Path others = Files.createDirectories(processFolders());
    Path dead = Files.createDirectories(others.resolve("dead"));
    Files.writeString(dead.resolve("lock"), "");
    Files.writeString(dead.resolve("library.so"), "x");
    Path alive = Files.createDirectories(others.resolve("alive"));
    Path starting = Files.createDirectories(others.resolve("starting"));

    try (ProcessFolder ignored = ProcessFolder.take(alive)) {
      assertThat(launch("help").code).isZero();

      try (Stream<Path> left = Files.list(others)) {
        assertThat(left).containsExactlyInAnyOrder(alive, starting);
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(others)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aFolderOfTemporaryFilesThatCannotBeMadeIsReported() throws Exception {
    Files.createDirectories(processFolders().getParent());
    Files.createSymbolicLink(processFolders(), elsewhere);

    Ended refused = launch("help");

    assertThat(refused.code).isEqualTo(2);
    assertThat(refused.err).startsWith("phusa: ").contains("set TMPDIR").hasLineCount(1);
  }

  @Test
  void tooFewOpenFilesAreReportedAtTheStart() throws Exception {
    before = List.of("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh");

    Ended refused = launch("help");

    assertThat(refused.code).isEqualTo(2);
    assertThat(refused.err)
        .isEqualTo(
            "phusa: too few files may be open: the limit (ulimit -n) is 256, 4096 are enough\n");
  }

  /** A library's thread that dies of it, and another that waits for an answer without end. */
  @Test
  void memoryThatIsExhaustedEndsTheProcessThoughALibrarySwallowsThat() throws Exception {
    Path flags = elsewhere.resolve("flags");
    Files.writeString(
        flags,
        "-Xmx32m -cp \"%s\" %s"
            .formatted(
                System.getProperty("java.class.path").replace("\\", "\\\\"),
                SwallowedOutOfMemory.class.getName()));
    javaOptions = "@" + flags;

    Ended ended = launch();

    assertThat(ended.err).contains("phusa: out of memory: the heap has 3");
    assertThat(ended.code).isEqualTo(4);
    assertThat(ended.out).isEmpty();
  }

  /** Where the launcher keeps the folders of its processes. */
  private Path processFolders() throws Exception {
    Process id = new ProcessBuilder("id", "-u").start();
    String user = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return elsewhere.resolve("temporary").toRealPath().resolve("phusa-" + user);
  }

  /** A process that has ended. */
  private record Ended(int code, String out, String err) {}

  private Ended launch(String... arguments) throws Exception {
    Path script = Path.of("../../phusa").toRealPath();
    List<String> command = new ArrayList<>(before);
    command.add(script.toString());
    command.addAll(List.of(arguments));
    Path out = elsewhere.resolve("out");
    Path err = elsewhere.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(elsewhere.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("TMPDIR", elsewhere.resolve("temporary").toString());
    builder.environment().put("PHUSA_JAVA_OPTS", javaOptions);
    Process process = builder.start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end in sight");
    }
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
