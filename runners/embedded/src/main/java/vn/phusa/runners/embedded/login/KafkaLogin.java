package vn.phusa.runners.embedded.login;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * The one login of the embedded Kafka: SCRAM, so that whoever listens on the port in the broker's
 * place learns nothing. The transport stays plain; it does not leave the machine.
 */
public final class KafkaLogin {
  private static final String PROTOCOL = "SASL_PLAINTEXT";
  private static final String JAAS = "sasl.jaas.config";

  private final String jaas;
  private final Path toolsFile;
  private final Path clientFile;

  private KafkaLogin(String jaas, Path toolsFile, Path clientFile) {
    this.jaas = jaas;
    this.toolsFile = toolsFile;
    this.clientFile = clientFile;
  }

  /** The login of the home, whose password is made with it; writes the files for clients. */
  public static KafkaLogin in(Path home) throws IOException {
    String password = SecretFile.password(home.resolve("secrets/kafka.password"));
    KafkaLogin login =
        new KafkaLogin(
            ScramLoginModule.class.getName()
                + " required username=\""
                + ScramLogin.USER
                + "\" password=\""
                + password
                + "\";",
            home.resolve("secrets/kafka.properties").toAbsolutePath(),
            home.resolve("secrets/kafka-client.properties").toAbsolutePath());
    Map<String, String> literal = new HashMap<>(login.references());
    literal.put(JAAS, login.jaas);
    SecretFile.write(login.toolsFile, text(literal));
    SecretFile.write(login.clientFile, text(login.references()));
    return login;
  }

  /** A client's settings without the password: where it stands is a reference to a file. */
  public Map<String, String> references() {
    return Map.of(
        "security.protocol",
        PROTOCOL,
        "sasl.mechanism",
        ScramLogin.MECHANISM,
        JAAS,
        "${file:" + toolsFile + ":" + JAAS + "}");
  }

  /** A client's settings with the password; never to be logged. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(references());
    settings.put(JAAS, jaas);
    return settings;
  }

  /** The file of {@link #references()}. */
  public Path clientFile() {
    return clientFile;
  }

  /** The file of {@link #settings()}, readable by its owner alone. */
  public Path toolsFile() {
    return toolsFile;
  }

  /** Lets nobody but the user into a broker's listeners, of which it is a client itself. */
  public void guard(Properties broker, String... listeners) {
    broker.setProperty("sasl.enabled.mechanisms", ScramLogin.MECHANISM);
    broker.setProperty("sasl.mechanism.inter.broker.protocol", ScramLogin.MECHANISM);
    broker.setProperty("sasl.mechanism.controller.protocol", ScramLogin.MECHANISM);
    StringBuilder protocols = new StringBuilder();
    for (String listener : listeners) {
      protocols.append(protocols.isEmpty() ? "" : ",").append(listener).append(':');
      protocols.append(PROTOCOL);
      String prefix =
          "listener.name."
              + listener.toLowerCase(Locale.ROOT)
              + "."
              + ScramLogin.MECHANISM.toLowerCase(Locale.ROOT)
              + ".";
      broker.setProperty(prefix + JAAS, jaas);
      broker.setProperty(prefix + "sasl.server.callback.handler.class", ScramLogin.class.getName());
    }
    broker.setProperty("listener.security.protocol.map", protocols.toString());
  }

  /** With values as they are but for what a properties file must: a reference takes them so. */
  private static String text(Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    settings.forEach(
        (name, value) ->
            text.append(name).append('=').append(value.replace("\\", "\\\\")).append('\n'));
    return text.toString();
  }
}
