package vn.phusa.runners.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.PrivateFiles;

/** One run of a program to its end, with a limit of time. */
public final class ProgramRun {
  private ProgramRun() {}

  /** How a program ended: its exit code, and what it wrote on both outputs. */
  public record Result(int exitCode, String output) {
    public boolean isSuccess() {
      return exitCode == 0;
    }

    /** The last lines of the output, on one line. */
    public String summary() {
      List<String> lines = output.strip().lines().map(String::strip).toList();
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
    }
  }

  /**
   * Runs a program.
   *
   * @throws IOException when it cannot be started at all
   * @throws EmbeddedServiceException when it did not end in time, or the thread was interrupted; it
   *     is killed, with what it started
   */
  public static Result run(Duration limit, Map<String, String> environment, List<String> line)
      throws IOException {
    Path output = Files.createTempFile("phusa-", ".out");
    try {
      return run(limit, environment, line, output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /**
   * As the other, with a file that takes the output, and stays: a pipe would stay open as long as a
   * daemon that the program leaves behind.
   */
  public static Result run(
      Duration limit, Map<String, String> environment, List<String> line, Path output)
      throws IOException {
    PrivateFiles.write(output, "");
    try {
      ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(line));
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      if (!endsWithin(limit, process)) {
        end(process);
        throw new EmbeddedServiceException(
            line.get(0) + " did not end within " + limit.toSeconds() + " s");
      }
      return new Result(
          process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServiceException("Interrupted while running " + line.get(0), interrupted);
    }
  }

  private static boolean endsWithin(Duration limit, Process process) throws InterruptedException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      end(process);
      throw e;
    }
  }

  /** With what it started, and daemons among that. */
  private static void end(Process process) {
    List<ProcessHandle> tree = process.descendants().toList();
    process.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }
}
