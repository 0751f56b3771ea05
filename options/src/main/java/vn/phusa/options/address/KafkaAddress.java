package vn.phusa.options.address;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.KafkaOptions;

/**
 * A Kafka cluster and how its clients enter it.
 *
 * @param bootstrapServers host:port,...
 * @param properties further settings of the clients as they stand in the file; values may be
 *     references to secrets
 * @param schemaRegistryUrl null: Avro values are the plain binary encoding
 * @param tls how brokers and registry are spoken to
 */
public record KafkaAddress(
    String bootstrapServers,
    Map<String, String> properties,
    String schemaRegistryUrl,
    ServiceTls tls)
    implements Serializable {

  private static final Pattern SERVERS = Pattern.compile("[^,\\s/]+:\\d+(,[^,\\s/]+:\\d+)*");

  /** The private key of a key store may stand in a setting too; certificates may be seen by all. */
  private static final Pattern SECRET =
      Pattern.compile(".*(password|passphrase|secret|jaas|ssl\\.keystore\\.key).*");

  /** Refuses servers that are none, and secrets written out. */
  public KafkaAddress {
    if (!SERVERS.matcher(bootstrapServers).matches()) {
      throw new InvalidOptionException("kafkaBootstrapServers", "host:port,... expected");
    }
    if (schemaRegistryUrl != null && !schemaRegistryUrl.matches("https?://[^@/]+(/.*)?")) {
      throw new InvalidOptionException(
          "schemaRegistryUrl", "http(s)://host:port without user and password expected");
    }
    properties.forEach(
        (name, value) -> {
          if (SECRET.matcher(name).matches()) {
            SecretReference.parse("kafkaProperties (" + name + ")", value);
          }
        });
    properties = Map.copyOf(properties);
  }

  /** As it is spoken to where no option says otherwise. */
  public KafkaAddress(
      String bootstrapServers, Map<String, String> properties, String schemaRegistryUrl) {
    this(bootstrapServers, properties, schemaRegistryUrl, ServiceTls.DEFAULT);
  }

  /**
   * The cluster that the options name; empty if they name none.
   *
   * @throws InvalidOptionException if one of the options is malformed, or the file cannot be read
   */
  public static Optional<KafkaAddress> of(PipelineOptions options) {
    KafkaOptions o = options.as(KafkaOptions.class);
    ServiceTls tls = ServiceTls.of(options, "kafka");
    return Optional.ofNullable(o.getKafkaBootstrapServers())
        .map(s -> new KafkaAddress(s, read(o.getKafkaProperties()), o.getSchemaRegistryUrl(), tls));
  }

  /**
   * The clients' settings with secrets resolved: to be called on the worker, and never to be kept,
   * logged or shown.
   *
   * @throws UnresolvedSecretException if there is no secret where a reference points
   */
  public Map<String, Object> resolve() {
    Map<String, Object> resolved = new HashMap<>();
    properties.forEach(
        (name, value) ->
            resolved.put(
                name,
                value.startsWith("${") ? SecretReference.parse(name, value).resolve() : value));
    resolved.put("bootstrap.servers", bootstrapServers);
    return resolved;
  }

  private static Map<String, String> read(String file) {
    Map<String, String> read = new HashMap<>();
    if (file != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new InvalidOptionException("kafkaProperties", "cannot be read");
      }
      properties.forEach((name, value) -> read.put((String) name, (String) value));
    }
    return read;
  }
}
