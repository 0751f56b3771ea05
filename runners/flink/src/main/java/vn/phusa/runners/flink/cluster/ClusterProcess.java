package vn.phusa.runners.flink.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;
import vn.phusa.runners.embedded.process.JavaProcess;

/** A JVM of a local cluster. Its working folder is the cluster's home, by which it is found. */
final class ClusterProcess {
  static final String JOB_MANAGER = "jobmanager";
  static final String TASK_MANAGER = "taskmanager-";
  private static final String LOG_FILE = "-Dlog.file=";

  private final String name;
  private final ProcessHandle process;

  private ClusterProcess(String name, ProcessHandle process) {
    this.name = name;
    this.process = process;
  }

  /** Those that run in a home, whoever started them. */
  static List<ClusterProcess> in(FolderProcesses home) {
    return home.running().stream().flatMap(process -> of(process).stream()).toList();
  }

  /** Which one a process is; empty for another program's, such as a client's. */
  private static Optional<ClusterProcess> of(ProcessHandle process) {
    return arguments(process)
        .filter(argument -> argument.startsWith(LOG_FILE))
        .map(argument -> Path.of(argument.substring(LOG_FILE.length())).getFileName().toString())
        .map(file -> file.replaceFirst("\\.log$", ""))
        .filter(name -> name.equals(JOB_MANAGER) || name.startsWith(TASK_MANAGER))
        .map(name -> new ClusterProcess(name, process))
        .findFirst();
  }

  /** ProcessHandle leaves out those of a command line of several kilobytes. */
  private static Stream<String> arguments(ProcessHandle process) {
    Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return Stream.of(Files.readString(line, StandardCharsets.ISO_8859_1).split("\0"));
    } catch (IOException ended) {
      return Stream.empty();
    }
  }

  /**
   * Starts one.
   *
   * @param name what its log files are called
   * @param jvm the JVM's flags
   * @param mainClass what it runs
   * @param arguments its arguments
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
    line.add(LOG_FILE + folders.logs().resolve(name + ".log"));
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
    return new ClusterProcess(name, process.toHandle());
  }

  String name() {
    return name;
  }

  boolean isJobManager() {
    return name.equals(JOB_MANAGER);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it with SIGKILL, and waits until it is gone. */
  void kill(Duration limit) {
    process.destroyForcibly();
    if (!Deadline.await(limit, () -> !process.isAlive())) {
      throw new FlinkClusterException("The " + name + " cannot be killed: " + process.pid());
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
