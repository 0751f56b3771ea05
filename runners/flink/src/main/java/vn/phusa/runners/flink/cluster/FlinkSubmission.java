package vn.phusa.runners.flink.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;

/**
 * Runs a pipeline's main class in a process of its own, as a client of a local cluster. Immutable.
 */
public final class FlinkSubmission {
  private static final String FLINK = "org.apache.flink.client.cli.CliFrontend";
  private static final Duration DETACHED = Deadline.scaled(Duration.ofMinutes(2));

  private final LocalFlinkCluster cluster;
  private final List<Path> jars;
  private final Duration checkpointInterval;
  private final int parallelism;

  private FlinkSubmission(
      LocalFlinkCluster cluster, List<Path> jars, Duration checkpointInterval, int parallelism) {
    this.cluster = cluster;
    this.jars = jars;
    this.checkpointInterval = checkpointInterval;
    this.parallelism = parallelism;
  }

  /** To a cluster, of what is in the production jar; a checkpoint every 2 s, parallelism 2. */
  public static FlinkSubmission to(LocalFlinkCluster cluster) {
    return new FlinkSubmission(
        cluster, List.of(cluster.installation().jar()), Duration.ofSeconds(2), 2);
  }

  /** With another jar beside the production jar, for client and workers. */
  public FlinkSubmission withJar(Path jar) {
    List<Path> all = Stream.concat(jars.stream(), Stream.of(jar)).toList();
    return new FlinkSubmission(cluster, all, checkpointInterval, parallelism);
  }

  /** With another time between checkpoints. */
  public FlinkSubmission withCheckpointInterval(Duration interval) {
    return new FlinkSubmission(cluster, jars, interval, parallelism);
  }

  /** With another parallelism. */
  public FlinkSubmission withParallelism(int number) {
    return new FlinkSubmission(cluster, jars, checkpointInterval, number);
  }

  /**
   * How a client ended.
   *
   * @param code its exit code
   * @param output what it wrote on both outputs
   */
  public record Ended(int code, String output) {}

  /**
   * Submits a stream that runs by itself: with checkpoints that stay on disk whatever ends it.
   *
   * @param mainClass a main method that runs one pipeline
   * @param arguments of the command; they come before what this would say otherwise
   * @return the job's id, as soon as the cluster has it
   * @throws FlinkClusterException when the client fails
   */
  public String detached(String mainClass, List<String> arguments) {
    String name = mainClass.substring(mainClass.lastIndexOf('.') + 1) + "-" + UUID.randomUUID();
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("jobName", name);
    defaults.put("attachedMode", "false");
    defaults.put("streaming", "true");
    defaults.put("checkpointingInterval", Long.toString(checkpointInterval.toMillis()));
    defaults.put("externalizedCheckpointsEnabled", "true");
    defaults.put("retainExternalizedCheckpointsOnCancellation", "true");
    Ended ended = run(classPath(), mainClass, completed(arguments, defaults), DETACHED);
    if (ended.code() != 0) {
      throw new FlinkClusterException(
          mainClass + " ended with code " + ended.code() + ": " + ended.output());
    }
    String submitted = value(arguments, "jobName").orElse(name);
    AtomicReference<String> id = new AtomicReference<>();
    if (!Deadline.await(DETACHED, () -> found(submitted, id))) {
      throw new FlinkClusterException(mainClass + " submitted no job: " + ended.output());
    }
    return id.get();
  }

  /**
   * Runs a program whose jobs end, to its end.
   *
   * @param limit how long that may take; then the client is killed
   */
  public Ended attached(String mainClass, List<String> arguments, Duration limit) {
    return run(classPath(), mainClass, completed(arguments, Map.of()), limit);
  }

  /**
   * Runs a command as {@code flink run phusa.jar COMMAND [--option=value ...]} does: the client has
   * Flink alone on its class path, and finds the cluster by its configuration.
   *
   * @param limit how long that may take; then the client is killed
   */
  public Ended flinkRun(List<String> arguments, Duration limit) {
    List<String> all = new ArrayList<>(List.of("run", cluster.installation().jar().toString()));
    all.addAll(arguments);
    return run(cluster.installation().classPath(), FLINK, all, limit);
  }

  private boolean found(String name, AtomicReference<String> id) {
    cluster.jobs().stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .ifPresent(job -> id.set(job.id()));
    return id.get() != null;
  }

  private List<String> completed(List<String> arguments, Map<String, String> more) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("runner", "FlinkRunner");
    defaults.put("flinkMaster", cluster.address());
    // It has the certificate without which the cluster takes no job.
    defaults.put("flinkConfDir", cluster.folders().configuration().toString());
    defaults.put("filesToStage", joined(","));
    defaults.put("parallelism", Integer.toString(parallelism));
    defaults.putAll(more);
    List<String> all = new ArrayList<>(arguments);
    defaults.forEach(
        (option, value) -> {
          if (value(arguments, option).isEmpty()) {
            all.add("--" + option + "=" + value);
          }
        });
    return all;
  }

  private static Optional<String> value(List<String> arguments, String option) {
    String start = "--" + option + "=";
    return arguments.stream()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .findFirst();
  }

  private String joined(String separator) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(separator));
  }

  private String classPath() {
    return joined(File.pathSeparator) + File.pathSeparator + cluster.installation().classPath();
  }

  /**
   * Starts a program as a client and leaves it to the caller, who waits for it or ends it; what it
   * submitted continues without it.
   *
   * @param output where it writes both outputs
   */
  public Process begun(String mainClass, List<String> arguments, Path output) {
    try {
      return process(classPath(), mainClass, completed(arguments, Map.of()), output);
    } catch (IOException e) {
      throw new FlinkClusterException(mainClass + " cannot be run: " + e, e);
    }
  }

  private Process process(String classPath, String mainClass, List<String> arguments, Path output)
      throws IOException {
    ClusterFolders folders = cluster.folders();
    List<String> line = JavaProcess.line();
    line.add("-Xmx768m");
    line.add("-XX:+UseSerialGC");
    line.add("-Dlog.file=" + folders.logs().resolve("client.log"));
    line.add("-Dlogback.configurationFile=" + folders.configuration().resolve("logback.xml"));
    line.add("-cp");
    line.add(classPath);
    line.add(mainClass);
    line.addAll(arguments);
    Process process =
        new ProcessBuilder(line)
            .directory(folders.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    return process;
  }

  private Ended run(String classPath, String mainClass, List<String> arguments, Duration limit) {
    Path output = cluster.folders().logs().resolve("client-" + UUID.randomUUID() + ".out");
    try {
      Process process = process(classPath, mainClass, arguments, output);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new FlinkClusterException(
            mainClass + " did not end within " + limit.toSeconds() + " s; see " + output);
      }
      String written = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
      Files.delete(output);
      return new Ended(process.exitValue(), written);
    } catch (IOException e) {
      throw new FlinkClusterException(mainClass + " cannot be run: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkClusterException("Interrupted while running " + mainClass, e);
    }
  }
}
