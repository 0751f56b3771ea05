package vn.phusa.runners.jobs.preflight;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import vn.phusa.options.KafkaOptions;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.io.kafka.KafkaTls;
import vn.phusa.pipelines.io.kafka.LimitedAdmin;
import vn.phusa.runners.jobs.failure.KafkaProblem;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** The Kafka of the event topics, and the registry of their schemas where one is given. */
record KafkaService() implements ServiceAccess<KafkaAddress> {

  @Override
  public Optional<KafkaAddress> address(PipelineOptions options) {
    return KafkaAddress.of(options);
  }

  @Override
  public void checkGiven(KafkaAddress given) {
    GivenSecret.check("kafkaProperties", () -> KafkaTls.check(given));
  }

  @Override
  public void checkConnects(KafkaAddress given) {
    broker(given);
    if (given.schemaRegistryUrl() != null) {
      RegistryCheck.connects(
          given.schemaRegistryUrl(), given.tls().authorities(), Duration.ofSeconds(SECONDS));
    }
  }

  private static void broker(KafkaAddress given) {
    Map<String, Object> settings = KafkaTls.settings(given);
    int millis = (int) Duration.ofSeconds(SECONDS).toMillis();
    settings.putIfAbsent("default.api.timeout.ms", millis);
    settings.putIfAbsent("request.timeout.ms", millis / 2);
    try (Admin admin = LimitedAdmin.of(settings)) {
      // The client has limits of its own; what is no broker can make it forget them.
      long limit = 2 * Long.parseLong(settings.get("default.api.timeout.ms").toString().strip());
      admin.describeCluster().clusterId().get(limit, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw KafkaProblem.unusable(e.getCause());
    } catch (TimeoutException e) {
      throw KafkaProblem.unusable(
          new org.apache.kafka.common.errors.TimeoutException("no answer", e));
    } catch (KafkaException e) {
      throw KafkaProblem.unusable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException(
          "Kafka (--kafkaBootstrapServers): the check was interrupted", true, e);
    }
  }

  @Override
  public String startEmbedded(EmbeddedStores stores, PipelineOptions options) {
    EmbeddedStores.Kafka kafka = stores.kafka();
    options.as(KafkaOptions.class).setKafkaBootstrapServers(kafka.bootstrapServers());
    options.as(KafkaOptions.class).setKafkaProperties(kafka.properties().toString());
    return ShellCommand.kafkaTopics(kafka);
  }
}
