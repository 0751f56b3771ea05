package vn.phusa.runners.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vn.phusa.runners.cli.main.Main;
import vn.phusa.runners.embedded.process.JavaProcess;

/** A command in a process of its own, and what it tells. */
public final class CommandProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private CommandProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param flags further ones of the JVM
   */
  public static CommandProcess start(Path output, List<String> flags, List<String> arguments)
      throws IOException {
    List<String> line = JavaProcess.line();
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx768m"));
    line.addAll(flags);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(arguments);
    return new CommandProcess(
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start(),
        output);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, as TERM does. */
  public void stop() {
    process.destroy();
  }

  /** Its exit code; -1: it did not end in time. */
  public int await(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
  }

  public String told() throws IOException {
    return Files.readString(output);
  }

  /** The lines of what it told that hold one of the words, each once. */
  public List<String> told(String pattern) throws IOException {
    return told().lines().filter(line -> line.matches(".*(" + pattern + ").*")).distinct().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
