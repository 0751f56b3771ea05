package vn.phusa.runners.cli.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.cli.SimulatedShops;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.tls.PrivateAuthority;
import vn.phusa.runners.samples.SampleEvent;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;

/**
 * Every client reaches a service that speaks nothing but TLS, by the authority of --tlsCaFile: on
 * the workers of both runners too.
 */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustedServersIT {
  private static final String QUICK = "retries: {attempts: 2, first: PT0.02S, longest: PT0.1S}\n";

  private Path folder;
  private PrivateAuthority house;
  private ServerIdentity identity;
  private EmbeddedPostgres postgres;
  private EmbeddedMongo mongo;

  @BeforeAll
  void issue(@TempDir Path temporary, EmbeddedPostgres server, EmbeddedMongo staging)
      throws Exception {
    folder = temporary;
    postgres = server;
    mongo = staging;
    house = PrivateAuthority.create("house");
    house.writeCertificate(folder.resolve("ca.pem"));
    house.writeTrustStore(folder.resolve("trust.p12"), ServerIdentity.PASSWORD.toCharArray());
    identity = ServerIdentity.of(house.issue("server", "127.0.0.1"));
    try (MongoClient client = MongoClients.create(mongo.uri())) {
      client.getDatabase(Staging.DATABASE).drop();
    }
  }

  @Test
  void platformsAreExtractedAndLoaded() throws Exception {
    try (MarketplaceSimulator platforms = platforms();
        TlsFront platform = front(URI.create(platforms.origin(SimulatedPlatform.TIKI)).getPort());
        TlsFront staging = front(mongo.port());
        TlsDatabase database = new TlsDatabase(postgres);
        ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, "trusted_batch")) {
      database.show(identity);
      Path described =
          SimulatedShops.describe(folder.resolve("shops"), platforms, (n, v) -> v, QUICK);
      Files.writeString(
          described,
          Files.readString(described)
              .replace(
                  platforms.origin(SimulatedPlatform.TIKI),
                  "https://127.0.0.1:" + platform.port()));
      String tls = "--stagingUri=mongodb://127.0.0.1:" + staging.port() + "/?tls=true";
      String[] sources = {
        tls,
        "--marketplaces=" + described,
        "--stagingUser=" + mongo.user(),
        "--stagingPassword=" + SecretReference.toFile(mongo.passwordFile())
      };

      succeeds(arguments(databases, "migrate"));
      List<String> extract = arguments(databases, "extract", sources);
      extract.add("--platforms=tiki");
      succeeds(extract);
      List<String> load = arguments(databases, "load-dimensions", sources);
      load.add("--runner=FlinkRunner");
      succeeds(load);

      assertThat(databases.countInWarehouse("SELECT count(*) FROM dim_product")).isPositive();
      assertThat(platform.handshakes()).isPositive();
      assertThat(staging.handshakes()).isPositive();

      Ended ended =
          ShopAndWarehouse.run(
              arguments(
                      databases,
                      "extract",
                      "--stagingUri=" + mongo.address(),
                      sources[1],
                      sources[2],
                      sources[3],
                      "--platforms=tiki")
                  .stream()
                  // The warehouse then goes without, too.
                  .filter(word -> !word.startsWith("--tlsCaFile"))
                  .map(word -> word.replace("?sslmode=verify-full", ""))
                  .toArray(String[]::new));
      assertThat(ended.code()).as(ended.all()).isEqualTo(4);
      assertThat(ended.err())
          .contains("tiki: ", "TLS failed: the server's certificate comes from no trusted")
          .contains("--tlsCaFile");
    }
  }

  @Test
  void eventsAreStreamedAndReplayed(EmbeddedRedis redis) throws Exception {
    Map<String, Object> client =
        Map.of(
            "security.protocol",
            "SSL",
            "ssl.truststore.type",
            "PKCS12",
            "ssl.truststore.location",
            folder.resolve("trust.p12").toString(),
            "ssl.truststore.password",
            ServerIdentity.PASSWORD);
    try (TlsBroker kafka = TlsBroker.start(folder, identity, client);
        TlsFront windows = front(redis.port());
        TlsDatabase database = new TlsDatabase(postgres);
        ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, "trusted_stream")) {
      database.show(identity);
      List<String> topics = new ArrayList<>(StreamWorld.READ);
      topics.addAll(List.of("sales_processed", "dead_letters"));
      kafka.createTopics(client, topics);
      send(kafka.settings(client));
      String[] stores = {
        "--kafkaBootstrapServers=" + kafka.bootstrapServers(),
        "--kafkaProperties="
            + Files.writeString(folder.resolve("kafka.properties"), "security.protocol=SSL\n"),
        "--redisUri=rediss://127.0.0.1:" + windows.port() + "/0",
        "--redisPassword=" + SecretReference.toFile(redis.passwordFile()),
      };
      succeeds(arguments(databases, "migrate"));
      List<String> stream = arguments(databases, "stream", stores);
      stream.addAll(
          List.of(
              "--runner=FlinkRunner",
              "--until=now",
              "--startPosition=earliest",
              "--consumerGroup=trusted_servers"));
      succeeds(stream);

      assertThat(databases.countInWarehouse("SELECT count(*) FROM fact_sales_realtime"))
          .isPositive();
      assertThat(
              databases.countInWarehouse(
                  "SELECT count(*) FROM dead_letter WHERE stage = 'decode-sales'"))
          .isEqualTo(1);
      int before = windows.handshakes();
      assertThat(before).isPositive();

      succeeds(arguments(databases, "replay", stores));
      assertThat(windows.handshakes()).isGreaterThan(before);
    }
  }

  private void send(Map<String, Object> settings) throws Exception {
    Instant now = Instant.now();
    SampleEvents events = SampleShop.create(5, 20, 200, now).events(now, 10);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < 20; i++) {
        SampleEvent event = events.event(i);
        producer.send(new ProducerRecord<>(event.topic(), event.key(), event.value())).get();
      }
      byte[] broken = "no Avro".getBytes(UTF_8);
      producer.send(new ProducerRecord<>("sales_events", broken, broken)).get();
    }
  }

  private List<String> arguments(ShopAndWarehouse databases, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    for (String word : databases.warehouseArguments()) {
      arguments.add(word.startsWith("--warehouseUrl=") ? word + "?sslmode=verify-full" : word);
    }
    arguments.addAll(List.of(more));
    arguments.add("--tlsCaFile=" + folder.resolve("ca.pem"));
    return arguments;
  }

  private static void succeeds(List<String> arguments) {
    Ended ended = ShopAndWarehouse.run(arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.all()).isZero();
  }

  private TlsFront front(int service) throws Exception {
    return TlsFront.open(identity, service);
  }

  private static MarketplaceSimulator platforms() throws Exception {
    return MarketplaceSimulator.start(
        SimulatorSettings.small()
            .withCatalogue(
                catalogue ->
                    catalogue
                        .withSize(20, 20)
                        .withHistory(Duration.ofDays(5))
                        .withStart(Instant.now().minus(Duration.ofDays(10)))));
  }
}
