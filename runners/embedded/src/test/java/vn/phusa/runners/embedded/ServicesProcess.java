package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.JavaProcess;

/** Another JVM that runs services on a home, so that a test can kill it. */
final class ServicesProcess {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(2));

  private ServicesProcess() {}

  /** Starts the JVM and waits until its services run and its PostgreSQL has a committed row. */
  static Process start(Path home, Path ready) throws IOException {
    List<String> line = JavaProcess.line();
    line.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ServicesProcess.class.getName(),
            home.toString(),
            ready.toString()));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ready.resolveSibling("services-process.log").toFile())
            .start();
    if (!Deadline.await(LIMIT, () -> Files.exists(ready) || !process.isAlive())
        || !process.isAlive()) {
      process.destroyForcibly();
      throw new IOException(Files.readString(ready.resolveSibling("services-process.log")).strip());
    }
    return process;
  }

  public static void main(String[] arguments) throws Exception {
    EmbeddedServices services = EmbeddedServices.at(Path.of(arguments[0]));
    services.postgres().createDatabase("shop");
    try (Connection connection = services.postgres().connect("shop");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS seen (id int)");
      statement.execute("INSERT INTO seen VALUES (42)");
    }
    services.redis();
    services.kafka();
    Files.writeString(Path.of(arguments[1]), "ready");
    new CountDownLatch(1).await(1, TimeUnit.HOURS);
  }
}
