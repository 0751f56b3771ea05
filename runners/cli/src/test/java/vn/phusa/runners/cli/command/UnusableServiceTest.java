package vn.phusa.runners.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.jobs.failure.ExitCode;

/** A service that cannot be used is named by its option, in one line and with code 3. */
class UnusableServiceTest {
  @TempDir Path folder;
  private FakeLaunch launch;
  private FakeBackend backend;

  @BeforeEach
  void aWorld() throws Exception {
    launch = new FakeLaunch(folder);
    backend = launch.backend;
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedByItsOption() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThat(launch.run("migrate", "--warehouseUrl=jdbc:postgresql://127.0.0.1:" + free + "/d"))
        .isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(launch.err()).isEqualTo("phusa: warehouse (--warehouseUrl): cannot be reached\n");
  }

  @Test
  void aFlinkThatIsNotThereIsNamedByItsOption() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    assertThat(
            launch.run(
                "load-facts",
                "--embedded",
                "--runner=FlinkRunner",
                "--flinkMaster=127.0.0.1:" + free))
        .isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(launch.err()).isEqualTo("phusa: Flink (--flinkMaster): cannot be reached\n");
    assertThat(backend.calls).isEmpty();
  }

  @Test
  void aWarehouseThatIsNotMigratedCannotBeUsed() {
    backend.migrated = false;

    assertThat(launch.run("status", "--embedded")).isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(launch.err()).contains("./phusa migrate").hasLineCount(1);
  }

  @Test
  void aDatabaseThatRefusesDuringAStepIsAServiceThatCannotBeUsed() {
    backend.duringFacts =
        () -> {
          throw new RuntimeException(new SQLException("gone, row (1, An)", "08006"));
        };

    assertThat(launch.run("load-facts", "--embedded")).isEqualTo(ExitCode.SERVICE_UNUSABLE);
    assertThat(launch.err()).isEqualTo("phusa: load-facts: a database: the connection was lost\n");
  }
}
