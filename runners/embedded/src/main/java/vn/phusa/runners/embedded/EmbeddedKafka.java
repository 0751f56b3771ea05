package vn.phusa.runners.embedded;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;
import vn.phusa.runners.embedded.home.FileTrees;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.home.PrivateFiles;
import vn.phusa.runners.embedded.login.KafkaLogin;
import vn.phusa.runners.embedded.login.SecretFile;
import vn.phusa.runners.embedded.process.Deadline;
import vn.phusa.runners.embedded.process.FolderProcesses;
import vn.phusa.runners.embedded.process.JavaProcess;
import vn.phusa.runners.embedded.process.ServiceWatch;

/**
 * A real Kafka broker (KRaft, one node) in a JVM of its own, which ends with this one. Topics are
 * not made by themselves: {@link #createTopic}. Got from {@link EmbeddedServices#kafka()}.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final Duration START = Deadline.scaled(Duration.ofMinutes(2));
  private static final Duration STOP = Deadline.scaled(Duration.ofSeconds(40));
  private static final int PORT_ATTEMPTS = 3;

  /**
   * For the JVM of the broker alone: whatever logback is on the class path would else log every
   * debug line.
   */
  private static final String LOGBACK =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{20} - %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="out"/></root>
        <logger name="kafka.server.KafkaRaftServer" level="INFO"/>
      </configuration>
      """;

  private final Path folder;
  private final Path data;
  private final FolderProcesses processes;
  private final Path portMemory;
  private final KafkaLogin login;
  private int port;
  private ServiceWatch watch;

  private EmbeddedKafka(Path folder, Path portMemory, KafkaLogin login) throws IOException {
    this.folder = folder;
    this.login = login;
    this.data = PrivateFiles.folder(folder.resolve("data"));
    this.processes = new FolderProcesses("java", folder);
    this.portMemory = portMemory;
  }

  static EmbeddedKafka start(Path home) throws IOException {
    Path folder = PrivateFiles.folder(home.resolve("kafka")).toRealPath();
    EmbeddedKafka kafka =
        new EmbeddedKafka(folder, home.resolve("kafka.port"), KafkaLogin.in(home));
    // A broker whose parent was killed is on its way out already.
    if (!Deadline.await(STOP, () -> kafka.processes.running().isEmpty())) {
      kafka.processes.kill(STOP);
    }
    for (int attempt = 1; ; attempt++) {
      kafka.port = Loopback.freePort(kafka.portMemory);
      if (kafka.launch()) {
        LOG.info("Kafka runs on {}, data in {}", kafka.bootstrapServers(), kafka.data);
        return kafka;
      }
      if (attempt == PORT_ATTEMPTS || !kafka.log().contains("Address already in use")) {
        throw kafka.notStarted();
      }
    }
  }

  /** Kills what runs under the home, whose data are not to be kept. */
  static void killLeftBehind(Path home) {
    new FolderProcesses("java", home.resolve("kafka")).kill(STOP);
  }

  /** What a client connects to: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  /**
   * A client's settings besides the servers, with a reference where the password stands: what may
   * be shown and serialized.
   */
  public Map<String, String> properties() {
    return login.references();
  }

  /** The file of {@link #properties()}: what {@code --kafkaProperties} can name. */
  public Path propertiesFile() {
    return login.clientFile();
  }

  /**
   * The file of a client's settings with the password in it, readable by its owner alone: what
   * Kafka's own tools take as {@code --command-config}.
   */
  public Path toolsFile() {
    return login.toolsFile();
  }

  /** A client's settings, with the servers and the password; never to be logged. */
  public Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>(login.settings());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    return settings;
  }

  /** The TCP port on 127.0.0.1; the same after {@link #restart()}. */
  public int port() {
    return port;
  }

  /**
   * Creates a topic unless it is there.
   *
   * @param retention how long its records are kept
   * @throws EmbeddedServiceException when the broker refuses or does not answer
   */
  public void createTopic(String name, int partitions, Duration retention) {
    NewTopic topic =
        new NewTopic(name, partitions, (short) 1)
            .configs(Map.of("retention.ms", Long.toString(retention.toMillis())));
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic)).all().get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new EmbeddedServiceException("Topic " + name + " cannot be created", e.getCause());
      }
    } catch (TimeoutException e) {
      throw new EmbeddedServiceException("Kafka did not create topic " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServiceException("Interrupted while creating topic " + name, e);
    }
  }

  /** Ends the broker with SIGKILL, as a crash would; {@link #restart()} recovers. */
  public synchronized void kill() {
    watch.expectEnd();
    processes.kill(STOP);
  }

  /**
   * Starts it again on the same port, after {@link #kill()} or, cleanly stopped first, as it runs.
   */
  public synchronized void restart() {
    close();
    try {
      if (!launch()) {
        throw notStarted();
      }
    } catch (IOException e) {
      throw new EmbeddedServiceException("Kafka cannot be restarted: " + e.getMessage(), e);
    }
  }

  /** Stops the broker cleanly; the data stay. Harmless when it does not run. */
  @Override
  public synchronized void close() {
    watch.expectEnd();
    processes.stop(STOP);
  }

  private boolean launch() throws IOException {
    int controllerPort = Loopback.anyFreePort();
    // The broker reads Latin-1: by a stream, and not a writer, other letters are escaped.
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    KafkaSettings.of(port, controllerPort, data, login).store(text, null);
    Path configuration = folder.resolve("server.properties");
    SecretFile.write(configuration, text.toString(StandardCharsets.ISO_8859_1));
    Path logback = folder.resolve("logback.xml");
    PrivateFiles.write(logback, LOGBACK);
    List<String> line = new ArrayList<>(PrivateFiles.umask());
    line.addAll(ownSession());
    line.addAll(JavaProcess.line());
    line.add("-Xms64m");
    line.add("-Xmx512m");
    // What a library within it swallows would leave a broker that answers nobody.
    line.add("-XX:+ExitOnOutOfMemoryError");
    line.add("-Djava.io.tmpdir=" + temporary());
    line.add("-Dlogback.configurationFile=" + logback);
    line.add("-cp");
    line.add(absoluteClassPath());
    line.add(KafkaProcess.class.getName());
    line.add(configuration.toString());
    Process process =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(PrivateFiles.file(folder.resolve("kafka.log")).toFile())
            .start();
    watch = ServiceWatch.over("Kafka", process, folder.resolve("kafka.log"));
    boolean decided = Deadline.await(START, () -> !process.isAlive() || answers());
    if (decided && process.isAlive()) {
      return true;
    }
    watch.expectEnd();
    // It may not be known by its name yet.
    process.destroyForcibly();
    processes.kill(STOP);
    return false;
  }

  /** For what its libraries unpack, without what a broker left there that was killed. */
  private Path temporary() throws IOException {
    Path temporary = folder.resolve("tmp");
    FileTrees.delete(temporary);
    return PrivateFiles.folder(temporary);
  }

  private boolean answers() {
    if (!Loopback.accepts(port)) {
      return false; // the client would warn about every attempt
    }
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Admin admin() {
    Map<String, Object> settings = new HashMap<>(clientSettings());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return Admin.create(settings);
  }

  private EmbeddedServiceException notStarted() {
    Path log = folder.resolve("kafka.log");
    return new EmbeddedServiceException(
        "Kafka did not start: " + ServiceWatch.reason(log).orElse(log + " says why"));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("kafka.log"), StandardCharsets.UTF_8);
  }

  /** So that Ctrl-C in the terminal reaches only this process, which stops the broker in order. */
  private static List<String> ownSession() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, "setsid"))) {
        return List.of("setsid");
      }
    }
    return List.of();
  }

  /**
   * The broker has its own working directory, so relative parts of our class path must not stay
   * relative.
   */
  private static String absoluteClassPath() {
    List<String> parts = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, parts);
  }
}
