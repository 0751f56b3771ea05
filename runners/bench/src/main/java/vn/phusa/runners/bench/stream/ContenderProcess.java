package vn.phusa.runners.bench.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A JVM that ends with this object. */
final class ContenderProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ContenderProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ContenderProcess start(List<String> line, Path log) throws IOException {
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ContenderProcess(process, log);
  }

  /**
   * Goes on only while it runs.
   *
   * @throws IllegalStateException when it has ended, which it never does by itself
   */
  void mustRun() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended by itself; " + log + " says why");
    }
  }

  /** Kills it: nothing is asked of it any more. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
