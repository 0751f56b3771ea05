package vn.phusa.runners.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.embedded.EmbeddedKafka;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedRedis;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.decoding.SalesEventDecoder;

/** Events whose schemas are in a real registry (Apicurio's), with -Pregistry, which fetches it. */
@WithEmbeddedServices
@EnabledIfSystemProperty(named = "phusa.registry", matches = ".+")
class RealRegistryIT {
  private static final String SALES = "sales_events";
  private static final String MOVEMENTS = "inventory_events";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"direct, DirectRunner", "flink, FlinkRunner"})
  void everyWritersSchemaIsResolvedToOurs(
      String name,
      String runner,
      EmbeddedKafka kafka,
      EmbeddedRedis redis,
      EmbeddedPostgres postgres)
      throws Exception {
    try (StreamWorld world = StreamWorld.of(kafka, redis, postgres, "registry_" + name);
        RegistryProcess registry =
            RegistryProcess.start(
                Path.of(System.getProperty("phusa.registry")), folder.resolve("registry.out"))) {
      Schema ours = schema("sales_event.avsc");
      int first = registry.register(SALES + "-value", ours);
      Schema newer = newer();
      int second = registry.register(SALES + "-value", newer);
      int other = registry.register("greetings-value", Schema.create(Schema.Type.STRING));
      Schema movement = schema("inventory_event.avsc");
      int moved = registry.register(MOVEMENTS + "-value", movement);
      assertThat(List.of(first, second, other, moved)).doesNotHaveDuplicates();

      send(world, SALES, first, sale(ours, "first"));
      send(world, SALES, second, sale(newer, "second"));
      send(world, SALES, other, sale(ours, "other"));
      send(world, SALES, 999_999, sale(ours, "unknown"));
      world.send(SALES, null, bytes(sale(ours, "plain")), Instant.now());
      send(world, MOVEMENTS, moved, movement(movement));

      ShopAndWarehouse.Ended ended =
          world.streamUntilNow(
              "--runner=" + runner,
              "--checkpointingInterval=500",
              "--schemaRegistryUrl=" + registry.url());

      assertThat(ended.code()).as(ended.all()).isZero();
      ShopAndWarehouse databases = world.databases();
      assertThat(
              databases.warehouseRows(
                  "SELECT order_id, quantity, unit_price_usd, city FROM fact_sales_realtime"
                      + " ORDER BY order_id"))
          .containsExactly(
              List.of("first", "2", "12.5000", "Hanoi"),
              List.of("second", "2", "12.5000", "Hanoi"));
      assertThat(databases.warehouseRows("SELECT event_id, quantity_change FROM fact_inventory"))
          .containsExactly(List.of("moved", "-3"));
      assertThat(
              databases.warehouseRows(
                  "SELECT reason, count(*) FROM dead_letter GROUP BY reason ORDER BY reason"))
          .containsExactly(
              List.of("incompatible_schema", "1"),
              List.of("malformed", "1"),
              List.of("unknown_schema", "1"));
    }
  }

  /** What a later version of the sales service may send: a field more in the middle. */
  private static Schema newer() throws IOException {
    String gift = "{\"name\": \"gift\", \"type\": \"boolean\", \"default\": false}, ";
    return parse(
        text("sales_event.avsc").replace("{\"name\": \"city\"", gift + "{\"name\": \"city\""));
  }

  private static GenericRecord sale(Schema schema, String orderId) {
    GenericRecord sale = new GenericData.Record(schema);
    sale.put("order_id", orderId);
    sale.put("quantity", 2);
    sale.put("unit_price_usd", 12.5);
    sale.put("total_amount_usd", 25.0);
    sale.put("platform", "Tiki");
    sale.put("order_timestamp", Instant.now().toEpochMilli());
    sale.put("city", "Hà Nội");
    if (schema.getField("gift") != null) {
      sale.put("gift", true);
    }
    return sale;
  }

  private static GenericRecord movement(Schema schema) {
    GenericRecord movement = new GenericData.Record(schema);
    movement.put("event_id", "moved");
    movement.put("product_id", "P1");
    movement.put("quantity_change", -3);
    movement.put("event_timestamp", Instant.now().toEpochMilli());
    return movement;
  }

  /** The wire format: a zero, the schema's id in four bytes, the plain binary encoding. */
  private static void send(StreamWorld world, String topic, int schema, GenericRecord record)
      throws IOException {
    byte[] value = bytes(record);
    byte[] wire =
        ByteBuffer.allocate(5 + value.length).put((byte) 0).putInt(schema).put(value).array();
    world.send(topic, "key".getBytes(StandardCharsets.UTF_8), wire, Instant.now());
  }

  private static byte[] bytes(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Schema schema(String file) throws IOException {
    return parse(text(file));
  }

  private static Schema parse(String text) {
    return new Schema.Parser().parse(text);
  }

  private static String text(String file) throws IOException {
    try (InputStream in = SalesEventDecoder.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
