package vn.phusa.runners.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterStatusTest {

  @Test
  void aJobsNameCommandsNoTerminal() {
    FlinkJob job = new FlinkJob("0123", "sales\u001b[2J\nTaskManagers: 9", "RUNNING");

    ClusterStatus status =
        ClusterStatus.of(
            "https://127.0.0.1:1",
            List.of("taskmanager-0"),
            List.of("taskmanager-0"),
            List.of(job));

    assertThat(status.lines())
        .containsExactly(
            "Flink runs on https://127.0.0.1:1; cluster.sh page shows its page",
            "TaskManagers: 1",
            "0123  RUNNING  sales\\u001B[2J\\nTaskManagers: 9");
    assertThat(status.isComplete()).isTrue();
  }

  @Test
  void whatIsMissingIsNamed() {
    ClusterStatus unregistered =
        ClusterStatus.of("https://127.0.0.1:1", List.of("taskmanager-1"), List.of(), List.of());
    assertThat(unregistered.lines()).contains("taskmanager-1  is not registered");

    ClusterStatus none = ClusterStatus.of("https://127.0.0.1:1", List.of(), List.of(), List.of());
    assertThat(none.isComplete()).isFalse();
    assertThat(none.lines()).last().asString().startsWith("No job can run");
    assertThat(ClusterStatus.withoutJobManager(Path.of("/home"), List.of("taskmanager-0")).lines())
        .hasSize(1)
        .first()
        .asString()
        .contains("The JobManager is dead", "TaskManagers: 1");
  }
}
