package vn.phusa.runners.flink.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vn.phusa.transforms.errors.PrintableText;

/**
 * What runs of a cluster, for a person.
 *
 * @param lines each one line: whoever submitted a job has named it, and could have put anything
 *     into the name that moves a cursor or looks like another line
 * @param isComplete whether a job can run on it
 */
record ClusterStatus(List<String> lines, boolean isComplete) {
  ClusterStatus {
    lines = lines.stream().map(PrintableText::line).toList();
  }

  /**
   * Of one without a JobManager.
   *
   * @param taskManagers the names of the TaskManagers that run
   */
  static ClusterStatus withoutJobManager(Path home, List<String> taskManagers) {
    return new ClusterStatus(
        List.of(
            taskManagers.isEmpty()
                ? "No cluster runs under " + home
                : "The JobManager is dead, and its jobs are forgotten; TaskManagers: "
                    + taskManagers.size()
                    + ". cluster.sh start starts it again."),
        false);
  }

  /**
   * Of one with a JobManager.
   *
   * @param taskManagers the names of the TaskManagers that run
   * @param registered those that the JobManager knows
   */
  static ClusterStatus of(
      String address, List<String> taskManagers, List<String> registered, List<FlinkJob> jobs) {
    List<String> lines = new ArrayList<>();
    lines.add("Flink runs on " + address + "; cluster.sh page shows its page");
    lines.add("TaskManagers: " + taskManagers.size());
    Stream<String> missing = taskManagers.stream().filter(name -> !registered.contains(name));
    missing.forEach(name -> lines.add(name + "  is not registered"));
    jobs.forEach(job -> lines.add(job.id() + "  " + job.status() + "  " + job.name()));
    if (taskManagers.isEmpty()) {
      lines.add("No job can run; cluster.sh start starts a TaskManager.");
    }
    return new ClusterStatus(lines, !taskManagers.isEmpty());
  }
}
