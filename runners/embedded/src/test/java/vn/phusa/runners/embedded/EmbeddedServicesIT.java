package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.HomeLock;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;

class EmbeddedServicesIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));

  @TempDir private Path folder;

  @Test
  void recoversAfterTheProcessWasKilled() throws Exception {
    Path home = folder.resolve("home").toAbsolutePath();
    Process other = ServicesProcess.start(home, folder.resolve("ready"));
    assertThatThrownBy(() -> EmbeddedServices.at(home))
        .isInstanceOf(EmbeddedServiceException.class)
        .hasMessageContaining("in use by process " + other.pid());
    other.destroyForcibly().waitFor();
    assertThat(postgresProcesses(home).running()).as("outlives the JVM").isNotEmpty();

    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      try (Connection connection = services.postgres().connect("shop");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id FROM seen")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
      services.redis();
      services.kafka();
      services.mongo();
      services.marketplaces();
      assertClosedToOthers(home);
    }
    assertNothingRuns(home);
  }

  @Test
  void stopsEverythingWhenTheProcessIsAskedToEnd() throws Exception {
    Path home = folder.resolve("home").toAbsolutePath();
    Process other = ServicesProcess.start(home, folder.resolve("ready"));
    other.destroy(); // SIGTERM, which the JVM treats as it does Ctrl-C
    assertThat(Deadline.await(LIMIT, () -> !other.isAlive())).isTrue();
    assertNothingRuns(home);
  }

  @Test
  void startsEmptyForTestsWhateverWasLeftBehind() throws Exception {
    Path home = folder.resolve("home").toAbsolutePath();
    Process other = ServicesProcess.start(home, folder.resolve("ready"));
    other.destroyForcibly().waitFor();
    try (EmbeddedServices services = EmbeddedServices.forTests(home)) {
      assertNothingRuns(home);
      assertThat(home.toFile().list()).containsExactly(HomeLock.FILE);
      assertThat(services.home()).isEqualTo(home.toRealPath());
    }
  }

  private static void assertClosedToOthers(Path home) throws Exception {
    List<String> open = new ArrayList<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.filter(p -> !p.startsWith(home.resolve("binaries"))).toList()) {
        String modes;
        try {
          modes = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (NoSuchFileException gone) {
          continue; // of a server that is at work
        }
        if (!modes.equals(Files.isDirectory(path) ? "rwx------" : "rw-------")) {
          open.add(modes + " " + path);
        }
      }
    }
    assertThat(open).isEmpty();
  }

  private static FolderProcesses postgresProcesses(Path home) {
    return new FolderProcesses("postgres", home.resolve("postgres/data"));
  }

  private static void assertNothingRuns(Path home) {
    assertThat(postgresProcesses(home).pids()).isEmpty();
    assertThat(new FolderProcesses("redis-server", home.resolve("redis/data")).pids()).isEmpty();
    assertThat(new FolderProcesses("java", home.resolve("kafka")).pids()).isEmpty();
  }
}
