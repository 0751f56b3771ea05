package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.transforms.errors.PrintableText;

/**
 * What cluster.sh does: {@code start}, {@code stop}, {@code status} or {@code page} of a cluster
 * that keeps running when the command is over, under one home.
 */
public final class ClusterCommand {
  private static final int SLOTS = 2;
  private static final int WRONG = 2;
  private static final int NOT_RUNNING = 3;
  private static final Duration MAX_PAGE = Duration.ofHours(1);

  private final Path target;
  private final Path home;
  private final Console console;

  private ClusterCommand(Path target, Path home, Console console) {
    this.target = target;
    this.home = home;
    this.console = console;
  }

  /**
   * Ends the process with 0 when it is done, 2 for wrong arguments, 3 when no cluster runs, or not
   * all of it.
   *
   * <p>The folders come as the properties {@code phusa.flink.build} (the module's target folder)
   * and {@code phusa.flink.home}: a process with the home among its arguments would be taken for
   * one of the cluster's.
   *
   * @param arguments what to do
   */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    console.takeOver();
    ClusterCommand command =
        new ClusterCommand(folder("phusa.flink.build"), folder("phusa.flink.home"), console);
    System.exit(command.run(List.of(arguments)));
  }

  private static Path folder(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
  }

  private int run(List<String> arguments) {
    try {
      return switch (arguments.isEmpty() ? "" : arguments.get(0)) {
        case "start" -> start(arguments.size() > 1 ? arguments.get(1) : "1");
        case "stop" -> stop();
        case "status" -> status();
        case "page" -> page();
        case "check" -> check(arguments.subList(1, arguments.size()));
        default -> WRONG;
      };
    } catch (FlinkClusterException | EmbeddedServiceException | IOException e) {
      complain(String.valueOf(e.getMessage()));
      return NOT_RUNNING;
    }
  }

  private int start(String taskManagers) throws IOException {
    if (!taskManagers.matches("[1-9][0-9]?")) {
      complain("start takes the number of TaskManagers, 1 to 99");
      return WRONG;
    }
    LocalFlinkCluster cluster =
        LocalFlinkCluster.complete(
            FlinkInstallation.ofBuild(target),
            home,
            ClusterPlan.of(Integer.parseInt(taskManagers), SLOTS));
    cluster.leave();
    return status();
  }

  private int stop() {
    LocalFlinkCluster.stopLeftBehind(home);
    console.out().println("Stopped. Savepoints and logs stay in " + home);
    return 0;
  }

  private int status() throws IOException {
    List<ClusterProcess> processes = processes();
    List<String> taskManagers =
        processes.stream()
            .filter(process -> !process.isJobManager())
            .map(ClusterProcess::name)
            .toList();
    ClusterStatus status = status(processes.size() > taskManagers.size(), taskManagers);
    status.lines().forEach(console.out()::println);
    return status.isComplete() ? 0 : NOT_RUNNING;
  }

  private ClusterStatus status(boolean hasJobManager, List<String> taskManagers)
      throws IOException {
    if (!hasJobManager) {
      return ClusterStatus.withoutJobManager(home, taskManagers);
    }
    FlinkRest rest = rest();
    return ClusterStatus.of(address(), taskManagers, rest.taskManagers(), rest.jobs());
  }

  /** Until Ctrl-C, or for an hour. */
  private int page() throws IOException {
    rest().taskManagers(); // else there is nothing to be shown
    try (PageProxy proxy = PageProxy.start(address(), keys().client())) {
      console
          .out()
          .println("Flink's page, for one browser of this machine, until Ctrl-C or for an hour:");
      console.out().println(proxy.url());
      Thread.sleep(MAX_PAGE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Whether the TaskManagers have what a command's secrets are to be found in. */
  private int check(List<String> arguments) throws IOException {
    List<String> missing = new TaskManagerSecrets(processes()).missing(arguments);
    missing.forEach(this::complain);
    return missing.isEmpty() ? 0 : WRONG;
  }

  /** A message may quote what the cluster, or the system, answered. */
  private void complain(String line) {
    console.err().println("cluster.sh: " + PrintableText.line(line));
  }

  private List<ClusterProcess> processes() {
    return ClusterProcess.in(LocalFlinkCluster.processesIn(home));
  }

  private ClusterKeys keys() throws IOException {
    return new ClusterFolders(home.toRealPath()).keys();
  }

  private FlinkRest rest() throws IOException {
    if (processes().stream().noneMatch(ClusterProcess::isJobManager)) {
      throw new FlinkClusterException("no JobManager runs; cluster.sh start starts one");
    }
    return new FlinkRest(address(), keys().client());
  }

  private String address() throws IOException {
    Path port = home.resolve(LocalFlinkCluster.REST_PORT);
    return "https://"
        + Loopback.HOST
        + ":"
        + Files.readString(port, StandardCharsets.UTF_8).strip();
  }
}
