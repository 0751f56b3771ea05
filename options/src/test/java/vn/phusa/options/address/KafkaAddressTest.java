package vn.phusa.options.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.options.InvalidOptionException;

class KafkaAddressTest {
  private static final String PEM = "-----BEGIN PRIVATE KEY----- MIIEvQ -----END PRIVATE KEY-----";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.keystore.key",
        "ssl.key.password",
        "ssl.keystore.password",
        "ssl.truststore.password",
        "sasl.jaas.config",
        "sasl.oauthbearer.client.credentials.client.secret",
        "sasl.oauthbearer.assertion.private.key.passphrase",
      })
  void aSecretIsAReference(String name, @TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> of(name, PEM))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("MIIEvQ");
    Path file = Files.writeString(folder.resolve("secret"), PEM);
    assertThat(of(name, "${file:" + file + "}").resolve()).containsEntry(name, PEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.truststore.certificates",
        "ssl.keystore.certificate.chain",
        "ssl.keystore.location",
        "ssl.keystore.type",
      })
  void whatAnybodyMaySeeCanBeWrittenOut(String name) {
    assertThat(of(name, "as it is").resolve()).containsEntry(name, "as it is");
  }

  @Test
  void serversAreHostsWithPorts() {
    assertThatThrownBy(() -> new KafkaAddress("kafka.example", Map.of(), null))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("--kafkaBootstrapServers");
  }

  private static KafkaAddress of(String name, String value) {
    return new KafkaAddress("kafka.example:9092", Map.of(name, value), null);
  }
}
