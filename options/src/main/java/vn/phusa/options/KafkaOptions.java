package vn.phusa.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where Kafka is. {@link vn.phusa.options.address.KafkaAddress#of} reads and checks them. */
public interface KafkaOptions extends PipelineOptions {

  @Description("The Kafka brokers, host:port,...")
  String getKafkaBootstrapServers();

  void setKafkaBootstrapServers(String servers);

  @Description(
      "A Java properties file with further settings of the Kafka clients (security.protocol,"
          + " ssl.*, sasl.*); values may be references to secrets.")
  String getKafkaProperties();

  void setKafkaProperties(String file);

  @Description(
      "A Confluent-compatible schema registry, http(s)://host:port/path; Avro values are then in"
          + " its wire format. Without it they are the plain binary encoding.")
  String getSchemaRegistryUrl();

  void setSchemaRegistryUrl(String url);
}
