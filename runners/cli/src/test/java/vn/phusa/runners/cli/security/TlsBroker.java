package vn.phusa.runners.cli.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import vn.phusa.runners.embedded.KafkaProcess;
import vn.phusa.runners.embedded.home.Loopback;

/** A broker that speaks TLS, which the embedded one does not. */
final class TlsBroker implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private TlsBroker(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param client the settings of a client that trusts it
   */
  static TlsBroker start(Path folder, ServerIdentity identity, Map<String, Object> client)
      throws Exception {
    int port = Loopback.anyFreePort();
    Path keys = folder.resolve("broker.p12");
    identity.write(keys);
    Path file = folder.resolve("broker.properties");
    try (var out = Files.newOutputStream(file)) {
      properties(folder, keys, port).store(out, null);
    }
    Path log = folder.resolve("broker.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaProcess.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    TlsBroker broker = new TlsBroker(process, port);
    try {
      Awaitility.await().atMost(LIMIT).until(() -> Loopback.accepts(port));
      try (Admin admin = broker.admin(client)) {
        admin.describeCluster().nodes().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
      return broker;
    } catch (Exception | AssertionError e) {
      broker.close();
      throw new AssertionError(Files.readString(log), e);
    }
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  void createTopics(Map<String, Object> client, List<String> names) throws Exception {
    try (Admin admin = admin(client)) {
      admin
          .createTopics(names.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  Map<String, Object> settings(Map<String, Object> client) {
    Map<String, Object> settings = new java.util.HashMap<>(client);
    settings.put("bootstrap.servers", bootstrapServers());
    return settings;
  }

  private Admin admin(Map<String, Object> client) {
    return Admin.create(settings(client));
  }

  private static Properties properties(Path folder, Path keys, int port) throws Exception {
    int controller = Loopback.anyFreePort();
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controller,
            "controller.listener.names", "CONTROLLER",
            "listeners", "SSL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller),
            "advertised.listeners", "SSL://127.0.0.1:" + port,
            "listener.security.protocol.map", "SSL:SSL,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name", "SSL",
            "log.dirs", folder.resolve("broker").toString(),
            "offsets.topic.replication.factor", "1"));
    properties.putAll(
        Map.of(
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            "group.initial.rebalance.delay.ms", "0",
            "ssl.keystore.type", "PKCS12",
            "ssl.keystore.location", keys.toString(),
            "ssl.keystore.password", ServerIdentity.PASSWORD,
            "ssl.key.password", ServerIdentity.PASSWORD,
            "ssl.truststore.location", folder.resolve("trust.p12").toString()));
    properties.setProperty("ssl.truststore.password", ServerIdentity.PASSWORD);
    properties.setProperty("ssl.truststore.type", "PKCS12");
    return properties;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
