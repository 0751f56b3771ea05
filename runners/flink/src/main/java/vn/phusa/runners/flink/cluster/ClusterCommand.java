package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import vn.phusa.runners.embedded.Loopback;

/**
 * What cluster.sh does: {@code start}, {@code stop} or {@code status} of a cluster that goes on
 * running when the command is over, under one home.
 */
public final class ClusterCommand {
  private static final int SLOTS = 2;
  private static final int WRONG = 2;
  private static final int NOT_RUNNING = 3;

  private final Path target;
  private final Path home;
  private final PrintStream out;

  private ClusterCommand(Path target, Path home, PrintStream out) {
    this.target = target;
    this.home = home;
    this.out = out;
  }

  /**
   * Ends the process with 0 when it is done, 2 for wrong words, 3 when no cluster runs.
   *
   * <p>The folders come as the properties {@code phusa.flink.build} (the module's target folder)
   * and {@code phusa.flink.home}: a process with the home among its words would be taken for one of
   * the cluster's.
   *
   * @param words what to do
   */
  public static void main(String[] words) throws IOException {
    ClusterCommand command =
        new ClusterCommand(folder("phusa.flink.build"), folder("phusa.flink.home"), System.out);
    System.exit(command.run(List.of(words)));
  }

  private static Path folder(String property) {
    return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
  }

  private int run(List<String> words) throws IOException {
    String word = words.isEmpty() ? "" : words.get(0);
    return switch (word) {
      case "start" -> start(words.size() > 1 ? words.get(1) : "1");
      case "stop" -> stop();
      case "status" -> status();
      default -> WRONG;
    };
  }

  private int start(String taskManagers) throws IOException {
    if (!taskManagers.matches("[1-9][0-9]?")) {
      out.println("start takes the number of TaskManagers, 1 to 99");
      return WRONG;
    }
    if (LocalFlinkCluster.isRunning(home)) {
      out.println("It runs already.");
      return status();
    }
    LocalFlinkCluster cluster =
        LocalFlinkCluster.start(
            FlinkInstallation.ofBuild(target),
            home,
            ClusterPlan.of(Integer.parseInt(taskManagers), SLOTS));
    cluster.leave();
    return status();
  }

  private int stop() {
    LocalFlinkCluster.stopLeftBehind(home);
    out.println("Stopped. Savepoints and logs stay in " + home);
    return 0;
  }

  private int status() throws IOException {
    Path port = home.resolve(LocalFlinkCluster.REST_PORT);
    if (!LocalFlinkCluster.isRunning(home) || !Files.exists(port)) {
      out.println("No cluster runs under " + home);
      return NOT_RUNNING;
    }
    String address = Loopback.HOST + ":" + Files.readString(port, StandardCharsets.UTF_8).strip();
    FlinkRest rest = new FlinkRest("http://" + address);
    out.println("Flink runs on http://" + address);
    out.println("TaskManagers: " + rest.taskManagers().size());
    rest.jobs().forEach(job -> out.println(job.id() + "  " + job.status() + "  " + job.name()));
    return 0;
  }
}
