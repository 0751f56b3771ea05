package vn.phusa.runners.cli.fault;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.awaitility.Awaitility;
import vn.phusa.runners.embedded.KafkaProcess;
import vn.phusa.runners.embedded.junit.FaultyNetwork;
import vn.phusa.runners.embedded.process.JavaProcess;

/**
 * A broker of its own that tells its clients to come through a {@link FaultyNetwork}, and, on
 * another listener, the test to come directly.
 */
final class ProxiedBroker implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);

  private final Process process;
  private final FaultyNetwork network;
  private final int direct;

  private ProxiedBroker(Process process, FaultyNetwork network, int direct) {
    this.process = process;
    this.network = network;
    this.direct = direct;
  }

  static ProxiedBroker start(Path folder, List<String> topics) throws Exception {
    int proxied = freePort();
    int direct = freePort();
    int controller = freePort();
    FaultyNetwork network = FaultyNetwork.to(proxied);
    Path file = Files.createDirectories(folder).resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties(folder, network.port(), proxied, direct, controller).store(writer, null);
    }
    Path logback = folder.resolve("logback.xml");
    Files.writeString(logback, "<configuration><root level='OFF'/></configuration>");
    List<String> line = JavaProcess.line();
    line.addAll(List.of("-Xmx384m", "-Dlogback.configurationFile=" + logback, "-cp"));
    line.addAll(List.of(System.getProperty("java.class.path"), KafkaProcess.class.getName()));
    line.add(file.toString());
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("kafka.log").toFile())
            .start();
    ProxiedBroker broker = new ProxiedBroker(process, network, direct);
    Awaitility.await().atMost(START).ignoreExceptions().until(() -> broker.create(topics));
    Awaitility.await().atMost(START).ignoreExceptions().until(broker::answersThroughNetwork);
    return broker;
  }

  private static Properties properties(
      Path folder, int advertised, int proxied, int direct, int controller) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listeners",
        "PROXIED://127.0.0.1:%d,DIRECT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(proxied, direct, controller));
    properties.setProperty(
        "advertised.listeners",
        "PROXIED://127.0.0.1:%d,DIRECT://127.0.0.1:%d".formatted(advertised, direct));
    properties.setProperty(
        "listener.security.protocol.map",
        "PROXIED:PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.setProperty("inter.broker.listener.name", "DIRECT");
    properties.setProperty("log.dirs", folder.resolve("data").toString());
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", "4");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    return properties;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private boolean create(List<String> topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", direct()))) {
      admin
          .createTopics(topics.stream().map(name -> new NewTopic(name, 2, (short) 1)).toList())
          .all()
          .get(10, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      // An earlier attempt was answered too late.
      return e.getCause() instanceof TopicExistsException;
    }
  }

  private boolean answersThroughNetwork() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      return !admin.listTopics().names().get(10, TimeUnit.SECONDS).isEmpty();
    }
  }

  /** What disturbs the way that clients come. */
  FaultyNetwork network() {
    return network;
  }

  /** For clients. */
  String servers() {
    return "127.0.0.1:" + network.port();
  }

  /** For the test. */
  String direct() {
    return "127.0.0.1:" + direct;
  }

  @Override
  public void close() {
    network.close();
    process.destroyForcibly();
  }
}
