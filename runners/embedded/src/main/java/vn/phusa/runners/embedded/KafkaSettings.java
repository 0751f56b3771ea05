package vn.phusa.runners.embedded;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.login.KafkaLogin;

/** How the embedded Kafka is set: one node, on loopback, that lets nobody but its user in. */
final class KafkaSettings {
  private static final String LISTENER = "CLIENTS";

  private KafkaSettings() {}

  /**
   * The broker's properties.
   *
   * @param port of the clients, on 127.0.0.1
   * @param controllerPort of the controller, on 127.0.0.1
   * @param data an existing folder
   */
  static Properties of(int port, int controllerPort, Path data, KafkaLogin login) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@" + Loopback.HOST + ":" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listeners",
        String.format(
            Locale.ROOT,
            "%1$s://%2$s:%3$d,CONTROLLER://%2$s:%4$d",
            LISTENER,
            Loopback.HOST,
            port,
            controllerPort));
    properties.setProperty("advertised.listeners", LISTENER + "://" + Loopback.HOST + ":" + port);
    properties.setProperty("inter.broker.listener.name", LISTENER);
    login.guard(properties, LISTENER, "CONTROLLER");
    properties.setProperty("log.dirs", data.toString());
    properties.setProperty("auto.create.topics.enable", "false");
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", "4");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("transaction.state.log.num.partitions", "4");
    // After a crash the broker waits for its own former session to end before it registers again.
    properties.setProperty("broker.session.timeout.ms", "3000");
    properties.setProperty("broker.heartbeat.interval.ms", "500");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    return properties;
  }
}
