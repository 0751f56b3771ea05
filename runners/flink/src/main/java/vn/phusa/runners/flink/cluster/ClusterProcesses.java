package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;

/** The JobManager and the TaskManagers of a local cluster. Not thread-safe. */
final class ClusterProcesses {
  private static final Duration START = Deadline.scaled(Duration.ofMinutes(2));
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  private final FlinkInstallation installation;
  private final ClusterConfiguration configuration;
  private final FlinkRest rest;
  private final SortedMap<Integer, ClusterProcess> taskManagers = new TreeMap<>();
  private @Nullable ClusterProcess jobManager;
  private int next;

  ClusterProcesses(
      FlinkInstallation installation, ClusterConfiguration configuration, FlinkRest rest) {
    this.installation = installation;
    this.configuration = configuration;
    this.rest = rest;
  }

  /** Takes in those that run already; what is started later does not take their names. */
  void adopt(FolderProcesses home) {
    for (ClusterProcess process : ClusterProcess.in(home)) {
      if (process.isJobManager()) {
        jobManager = process;
      } else {
        taskManagers.put(number(process.name()), process);
      }
    }
    // The JobManager remembers those that were killed for a while.
    Stream<Integer> known =
        rest.answers()
            ? rest.taskManagers().stream().map(ClusterProcesses::number)
            : Stream.empty();
    next = 1 + Stream.concat(known, taskManagers.keySet().stream()).reduce(-1, Math::max);
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(ClusterProcess.TASK_MANAGER.length()));
  }

  boolean hasJobManager() {
    return jobManager != null && jobManager.isAlive();
  }

  /** The TaskManagers that are alive. */
  List<ClusterProcess> aliveTaskManagers() {
    return taskManagers.values().stream().filter(ClusterProcess::isAlive).toList();
  }

  void launchJobManager() {
    jobManager =
        launch(ClusterProcess.JOB_MANAGER, configuration.jobManagerJvm(), JOB_MANAGER, List.of());
  }

  /** Returns its number. */
  int launchTaskManager() {
    int number = next++;
    String name = ClusterProcess.TASK_MANAGER + number;
    taskManagers.put(
        number,
        launch(
            name,
            configuration.taskManagerJvm(),
            TASK_MANAGER,
            List.of("-Dtaskmanager.resource-id=" + name)));
    return number;
  }

  ClusterProcess taskManager(int number) {
    return taskManagers.get(number);
  }

  ClusterProcess jobManager() {
    return jobManager;
  }

  private ClusterProcess launch(
      String name, List<String> jvm, String mainClass, List<String> arguments) {
    try {
      return ClusterProcess.start(
          name, installation, configuration.folders(), jvm, mainClass, arguments);
    } catch (IOException e) {
      throw new FlinkClusterException("The " + name + " cannot be started: " + e, e);
    }
  }

  /**
   * Waits until these are registered with the JobManager.
   *
   * @throws FlinkClusterException when one of them ends, or they are not in time
   */
  void await(List<ClusterProcess> awaited) {
    boolean decided =
        Deadline.await(START, () -> died(awaited).isPresent() || areRegistered(awaited));
    Optional<String> dead = died(awaited);
    if (!decided || dead.isPresent()) {
      throw new FlinkClusterException(
          dead.map(name -> "The " + name + " ended at once").orElse("The cluster did not come up")
              + "; the logs in "
              + configuration.folders().logs()
              + " say why");
    }
  }

  private Optional<String> died(List<ClusterProcess> awaited) {
    return Stream.concat(Stream.of(jobManager), awaited.stream())
        .filter(process -> !process.isAlive())
        .map(ClusterProcess::name)
        .findFirst();
  }

  private boolean areRegistered(List<ClusterProcess> awaited) {
    if (!Loopback.accepts(configuration.restPort()) || !rest.answers()) {
      return false;
    }
    // No name is used twice: the JobManager remembers those that were killed for a while.
    return rest.taskManagers().containsAll(awaited.stream().map(ClusterProcess::name).toList());
  }
}
