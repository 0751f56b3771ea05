package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.Deadline;
import vn.phusa.runners.embedded.FolderProcesses;
import vn.phusa.runners.embedded.HomeLock;
import vn.phusa.runners.embedded.Loopback;

/**
 * A JobManager and TaskManagers as processes of their own, on 127.0.0.1 and free ports. State,
 * checkpoints, savepoints and logs lie under one home; savepoints, logs and the checkpoints of jobs
 * that retain them stay there when it stops. A home belongs to one process at a time; what a killed
 * one left running there is ended by the next start.
 *
 * <p>There is no store of running jobs beside the JobManager: after {@link #killJobManager} and
 * {@link #startJobManager} a job is submitted anew, from its {@link #latestCheckpoint}.
 */
public final class LocalFlinkCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFlinkCluster.class);

  /** The file under the home that has the REST port. */
  static final String REST_PORT = "rest.port";

  private static final Duration START = Deadline.scaled(Duration.ofMinutes(2));
  private static final Duration STOP = Deadline.scaled(Duration.ofSeconds(20));
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  private final FlinkInstallation installation;
  private final ClusterConfiguration configuration;
  private final HomeLock lock;
  private final FolderProcesses processes;
  private final FlinkRest rest;
  private final Thread hook = new Thread(this::closeQuietly, "flink-cluster-stop");
  private final List<ClusterProcess> taskManagers = new ArrayList<>();
  private ClusterProcess jobManager;
  private boolean open = true;

  private LocalFlinkCluster(
      FlinkInstallation installation, ClusterConfiguration configuration, HomeLock lock) {
    this.installation = installation;
    this.configuration = configuration;
    this.lock = lock;
    this.processes = processesIn(configuration.folders().home());
    this.rest = new FlinkRest(restUrl());
  }

  /**
   * Starts one, and returns when all TaskManagers are registered.
   *
   * @param home the folder for state, checkpoints and logs; created where it is absent
   * @throws FlinkClusterException when it does not come up; nothing of it runs then
   * @throws vn.phusa.runners.embedded.EmbeddedServiceException when another process uses the home
   */
  public static LocalFlinkCluster start(
      FlinkInstallation installation, Path home, ClusterPlan plan) {
    try {
      ClusterFolders folders = ClusterFolders.under(home);
      HomeLock lock = HomeLock.take(folders.home());
      try {
        processesIn(folders.home()).kill(STOP);
        folders.emptyTemporary();
        ClusterConfiguration configuration =
            new ClusterConfiguration(
                folders,
                plan,
                Loopback.freePort(folders.home().resolve("rpc.port")),
                Loopback.freePort(folders.home().resolve(REST_PORT)));
        configuration.write();
        LocalFlinkCluster cluster = new LocalFlinkCluster(installation, configuration, lock);
        cluster.startAll(plan.taskManagers());
        return cluster;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new FlinkClusterException("A cluster cannot be started under " + home + ": " + e, e);
    }
  }

  /** Ends what runs under a home, whoever started it; what is on disk stays. */
  public static void stopLeftBehind(Path home) {
    processesIn(home).stop(STOP);
  }

  /** Whether anything of a cluster runs under the home. */
  static boolean isRunning(Path home) {
    return !processesIn(home).running().isEmpty();
  }

  static FolderProcesses processesIn(Path home) {
    return new FolderProcesses("java", home.toAbsolutePath().normalize());
  }

  /** Where the JobManager answers: {@code http://127.0.0.1:port}; the same after a restart. */
  public String restUrl() {
    return "http://" + address();
  }

  /** What Beam's {@code --flinkMaster} takes: {@code 127.0.0.1:port}. */
  public String address() {
    return Loopback.HOST + ":" + configuration.restPort();
  }

  /** The JobManager's REST interface. */
  public FlinkRest rest() {
    return rest;
  }

  /** Where logs of all processes are. */
  public Path logs() {
    return configuration.folders().logs();
  }

  FlinkInstallation installation() {
    return installation;
  }

  ClusterFolders folders() {
    return configuration.folders();
  }

  /** All jobs that the JobManager remembers. */
  public List<FlinkJob> jobs() {
    return rest.jobs();
  }

  /**
   * Starts another TaskManager, and returns when it is registered.
   *
   * @return its number, counted from 0 in the order of starts
   */
  public synchronized int startTaskManager() {
    int number = launchTaskManager();
    awaitTaskManagers(List.of(taskManagers.get(number)));
    return number;
  }

  /** Ends a TaskManager with SIGKILL, as a crash would. */
  public synchronized void killTaskManager(int number) {
    taskManagers.get(number).kill(STOP);
  }

  /** Ends the JobManager with SIGKILL, as a crash would; its jobs are forgotten. */
  public synchronized void killJobManager() {
    jobManager.kill(STOP);
  }

  /** Starts the JobManager again; returns when the living TaskManagers are registered with it. */
  public synchronized void startJobManager() {
    launchJobManager();
    awaitTaskManagers(taskManagers.stream().filter(ClusterProcess::isAlive).toList());
  }

  /** Asks a job to end without a savepoint. */
  public void cancel(String jobId) {
    rest.cancel(jobId);
  }

  /** Ends a job in order; returns the savepoint to go on from. */
  public Path stopWithSavepoint(String jobId) {
    return rest.stopWithSavepoint(jobId, configuration.folders().savepoints());
  }

  /**
   * The newest complete checkpoint of a job that is on disk, also of one that no JobManager
   * remembers; to be given as {@code --savepointPath}. Empty if there is none.
   */
  public Optional<Path> latestCheckpoint(String jobId) {
    return RetainedCheckpoints.in(configuration.folders().checkpoints()).latest(jobId);
  }

  /** Leaves the processes running when this JVM ends; {@link #stopLeftBehind} stops them. */
  synchronized void leave() throws IOException {
    open = false;
    removeHook();
    lock.close();
  }

  /** Stops all of its processes; none is left. Harmless the second time. */
  @Override
  public void close() {
    removeHook();
    closeAll();
  }

  private synchronized void closeAll() {
    if (!open) {
      return;
    }
    open = false;
    try (lock) {
      processes.stop(STOP);
    } catch (IOException e) {
      LOG.warn("The lock of {} cannot be given free", configuration.folders().home(), e);
    }
  }

  private void closeQuietly() {
    try {
      closeAll();
    } catch (RuntimeException e) {
      LOG.warn("{}", e.getMessage(), e);
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      LOG.debug("The JVM is on its way out: the hook stays, and finds nothing to do");
    }
  }

  private synchronized void startAll(int count) {
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      launchJobManager();
      for (int i = 0; i < count; i++) {
        launchTaskManager();
      }
      awaitTaskManagers(taskManagers);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    LOG.info("A Flink cluster runs on {}, logs in {}", restUrl(), logs());
  }

  private void launchJobManager() {
    jobManager = launch("jobmanager", configuration.jobManagerJvm(), JOB_MANAGER, List.of());
  }

  private int launchTaskManager() {
    int number = taskManagers.size();
    String name = "taskmanager-" + number;
    taskManagers.add(
        launch(
            name,
            configuration.taskManagerJvm(),
            TASK_MANAGER,
            List.of("-Dtaskmanager.resource-id=" + name)));
    return number;
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

  private void awaitTaskManagers(List<ClusterProcess> awaited) {
    boolean decided =
        Deadline.await(START, () -> died(awaited).isPresent() || areRegistered(awaited));
    Optional<String> dead = died(awaited);
    if (!decided || dead.isPresent()) {
      throw new FlinkClusterException(
          dead.map(name -> "The " + name + " ended at once").orElse("The cluster did not come up")
              + "; the logs in "
              + logs()
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
