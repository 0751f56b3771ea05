package vn.phusa.runners.flink.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vn.phusa.runners.embedded.JavaProcess;

/** A JVM of a local cluster. Its working folder is the cluster's home, by which it is found. */
final class ClusterProcess {
  private final String name;
  private final Process process;

  private ClusterProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param name what its log files are called
   * @param jvm the JVM's flags
   * @param mainClass what it runs
   * @param arguments what that is told
   */
  static ClusterProcess start(
      String name,
      FlinkInstallation installation,
      ClusterFolders folders,
      List<String> jvm,
      String mainClass,
      List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>(ownSession());
    line.addAll(JavaProcess.line());
    line.addAll(jvm);
    line.add("-XX:+UseSerialGC");
    line.add("-Dlog.file=" + folders.logs().resolve(name + ".log"));
    line.add("-Dlogback.configurationFile=" + folders.configuration().resolve("logback.xml"));
    line.add("-cp");
    line.add(installation.classPath());
    line.add(mainClass);
    line.add("--configDir");
    line.add(folders.configuration().toString());
    line.addAll(arguments);
    Process process =
        new ProcessBuilder(line)
            .directory(folders.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(folders.logs().resolve(name + ".out").toFile())
            .start();
    process.getOutputStream().close();
    return new ClusterProcess(name, process);
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it with SIGKILL, and waits until it is gone. */
  void kill(Duration limit) {
    process.destroyForcibly();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new FlinkClusterException("The " + name + " cannot be killed: " + process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkClusterException("Interrupted while killing the " + name, e);
    }
  }

  /** So that Ctrl-C in the terminal, or its closing, reaches only the process that started it. */
  private static List<String> ownSession() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, "setsid"))) {
        return List.of("setsid");
      }
    }
    return List.of();
  }
}
