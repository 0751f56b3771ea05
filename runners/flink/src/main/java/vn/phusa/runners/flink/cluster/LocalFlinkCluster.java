package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.HomeLock;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;

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

  private static final Duration STOP = Deadline.scaled(Duration.ofSeconds(20));

  private final FlinkInstallation installation;
  private final ClusterConfiguration configuration;
  private final HomeLock lock;
  private final FlinkRest rest;
  private final ClusterProcesses processes;
  private final Thread hook = new Thread(this::closeQuietly, "flink-cluster-stop");
  private boolean open = true;

  private LocalFlinkCluster(
      FlinkInstallation installation, ClusterConfiguration configuration, HomeLock lock)
      throws IOException {
    this.installation = installation;
    this.configuration = configuration;
    this.lock = lock;
    this.rest = new FlinkRest(restUrl(), configuration.keys().client());
    this.processes = new ClusterProcesses(installation, configuration, rest);
  }

  /**
   * Starts one, and returns when all TaskManagers are registered.
   *
   * @param home the folder for state, checkpoints and logs; created where it is absent
   * @throws FlinkClusterException when it does not come up; nothing of it runs then
   * @throws vn.phusa.runners.embedded.home.EmbeddedServiceException when another process uses the
   *     home
   */
  public static LocalFlinkCluster start(
      FlinkInstallation installation, Path home, ClusterPlan plan) {
    return begin(installation, home, plan, false);
  }

  /**
   * As {@link #start}, but what runs under the home stays, and only what is missing of the plan is
   * started: the JobManager, or TaskManagers. Jobs of a JobManager that died are forgotten.
   */
  static LocalFlinkCluster complete(FlinkInstallation installation, Path home, ClusterPlan plan) {
    return begin(installation, home, plan, true);
  }

  private static LocalFlinkCluster begin(
      FlinkInstallation installation, Path home, ClusterPlan plan, boolean keep) {
    try {
      ClusterFolders folders = ClusterFolders.under(home);
      HomeLock lock = HomeLock.take(folders.home());
      try {
        boolean runs = keep && isRunning(folders.home()) && folders.keys().areThere();
        if (!runs) {
          processesIn(folders.home()).kill(STOP);
          folders.emptyTemporary();
          folders.keys().make();
        }
        ClusterConfiguration configuration =
            new ClusterConfiguration(
                folders,
                folders.keys(),
                plan,
                port(folders.home().resolve("rpc.port"), runs),
                port(folders.home().resolve(REST_PORT), runs));
        configuration.write();
        LocalFlinkCluster cluster = new LocalFlinkCluster(installation, configuration, lock);
        cluster.startMissing(plan.taskManagers(), !runs);
        return cluster;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new FlinkClusterException("A cluster cannot be started under " + home + ": " + e, e);
    }
  }

  /** What runs knows the others by the ports that it was given. */
  private static int port(Path memory, boolean runs) throws IOException {
    return runs
        ? Integer.parseInt(Files.readString(memory, StandardCharsets.UTF_8).strip())
        : Loopback.freePort(memory);
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
    try {
      return new FolderProcesses("java", Files.exists(home) ? home.toRealPath() : home);
    } catch (IOException e) {
      throw new FlinkClusterException(home + " cannot be read: " + e, e);
    }
  }

  /** Where the JobManager answers: {@code https://127.0.0.1:port}; the same after a restart. */
  public String restUrl() {
    return "https://" + address();
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
    int number = processes.launchTaskManager();
    processes.await(List.of(processes.taskManager(number)));
    return number;
  }

  /** Ends a TaskManager with SIGKILL, as a crash would. */
  public synchronized void killTaskManager(int number) {
    processes.taskManager(number).kill(STOP);
  }

  /** Ends the JobManager with SIGKILL, as a crash would; its jobs are forgotten. */
  public synchronized void killJobManager() {
    processes.jobManager().kill(STOP);
  }

  /** Starts the JobManager again; returns when the living TaskManagers are registered with it. */
  public synchronized void startJobManager() {
    processes.launchJobManager();
    processes.await(processes.aliveTaskManagers());
  }

  /** Asks a job to end without a savepoint. */
  public void cancel(String jobId) {
    rest.cancel(jobId);
  }

  /** Ends a job in order; returns the savepoint to continue from. */
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
      processesIn(folders().home()).stop(STOP);
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

  private synchronized void startMissing(int count, boolean isNew) {
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      if (!isNew) {
        processes.adopt(processesIn(folders().home()));
      }
      if (!processes.hasJobManager()) {
        processes.launchJobManager();
      }
      for (int alive = processes.aliveTaskManagers().size(); alive < count; alive++) {
        processes.launchTaskManager();
      }
      processes.await(processes.aliveTaskManagers());
    } catch (RuntimeException e) {
      if (isNew) {
        close();
      } else {
        removeHook();
      }
      throw e;
    }
    LOG.info("A Flink cluster runs on {}, logs in {}", restUrl(), logs());
  }
}
