package vn.phusa.transforms.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

class AvroDecodersTest {
  private static final long NOW = micros("2025-06-30T12:00:00Z");
  private static final long SEEN = micros("2025-06-30T11:00:00.250Z");
  private static final Schema SALES = AvroValues.schema("sales_event.avsc");
  private static final Schema INVENTORY = AvroValues.schema("inventory_event.avsc");

  private static long micros(String instant) {
    return TimeUnit.MILLISECONDS.toMicros(Instant.parse(instant).toEpochMilli());
  }

  private static GenericRecord sale() {
    GenericRecord sale = new GenericData.Record(SALES);
    sale.put("order_id", "O-1");
    sale.put("customer_id", "C1");
    sale.put("quantity", 3);
    sale.put("unit_price_usd", 0.1 + 0.2);
    sale.put("total_amount_usd", 1.00005);
    sale.put("platform", "Shopee");
    sale.put("city", "Đà Nẵng");
    sale.put("order_timestamp", Instant.parse("2025-06-30T10:59:59.123Z").toEpochMilli());
    return sale;
  }

  private static TopicRecord value(byte[] value) {
    return TopicRecord.create("sales_events", 2, 17, SEEN, null, value);
  }

  private static void assertRejected(RecordDecoder decoder, byte[] value, Reason reason) {
    assertThatThrownBy(() -> decoder.decode(value(value), NOW))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }

  private static RecordDecoder sales() {
    return new SalesEventDecoder(null);
  }

  @Test
  void aSaleBecomesAnOrderLine() throws Exception {
    SourceRecord line = sales().decode(value(AvroBytes.plain(sale())), NOW);
    assertThat(line.getSource()).isEqualTo("sales_events");
    assertThat(line.getKind()).isEqualTo("orders");
    assertThat(line.getPosition()).isEqualTo("sales_events/2/17");
    assertThat(line.getOperation()).isEqualTo(Operation.UPSERT);
    assertThat(line.getOrderedMicros()).isNull();
    assertThat(line.value("order_id")).isEqualTo("O-1");
    assertThat(line.value("product_id")).isNull();
    assertThat(line.carries("product_id")).isTrue();
    assertThat(line.value("quantity")).isEqualTo("3");
    assertThat(line.value("unit_price_usd")).isEqualTo("0.3000");
    assertThat(line.value("total_amount_usd")).isEqualTo("1.0001");
    assertThat(line.value("city")).isEqualTo("Đà Nẵng");
    assertThat(line.value("order_date")).isEqualTo("2025-06-30T10:59:59.123Z");
    assertThat(line.value("last_modified")).isEqualTo("2025-06-30T11:00:00.250Z");
    assertThat(line.carries("status")).isFalse();
  }

  @Test
  void aStockMovementKeepsItsNames() throws Exception {
    GenericRecord movement = new GenericData.Record(INVENTORY);
    movement.put("event_id", "e1");
    movement.put("product_id", "P1");
    movement.put("quantity_change", -4);
    movement.put("event_timestamp", Instant.parse("2025-06-30T01:00:00Z").toEpochMilli());
    SourceRecord record =
        new InventoryEventDecoder(null).decode(value(AvroBytes.plain(movement)), NOW);
    assertThat(record.getKind()).isEqualTo("inventory");
    assertThat(record.value("quantity_change")).isEqualTo("-4");
    assertThat(record.value("stock_after")).isNull();
    assertThat(record.value("event_timestamp")).isEqualTo("2025-06-30T01:00:00Z");
    assertThat(record.value("last_modified")).isEqualTo("2025-06-30T01:00:00Z");
  }

  @Test
  void noValueAnEmptyOneAndAHugeOneAreRejected() {
    assertRejected(sales(), null, Reason.NO_VALUE);
    assertRejected(sales(), new byte[0], Reason.EMPTY_VALUE);
    assertRejected(sales(), new byte[5 << 20], Reason.TOO_LARGE);
  }

  @Test
  void everyCutAndAnythingBehindARecordIsRejected() {
    byte[] whole = AvroBytes.plain(sale());
    for (int length = 1; length < whole.length; length++) {
      assertRejected(sales(), Arrays.copyOf(whole, length), Reason.MALFORMED);
    }
    assertRejected(sales(), Arrays.copyOf(whole, whole.length + 1), Reason.MALFORMED);
  }

  @Test
  void randomBytesAreRejectedAndNothingElseHappens() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(60)];
      random.nextBytes(bytes);
      try {
        sales().decode(value(bytes), NOW);
      } catch (RejectedException expected) {
        assertThat(expected.reason()).isNotNull();
      }
    }
  }

  @Test
  void aTextThatClaimsTwoGigabytesIsRejectedBeforeTheyAreAllocated() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // The zigzag form of Integer.MAX_VALUE - 8, which Avro's own decoder would allocate.
    long claimed = (Integer.MAX_VALUE - 8L) * 2;
    for (; claimed > 127; claimed >>>= 7) {
      out.write((int) (claimed & 127 | 128));
    }
    out.write((int) claimed);
    for (int i = 0; i < 1_000; i++) {
      // A thousand such allocations would be seen: the test's JVM has a heap of 2 GB.
      assertRejected(sales(), out.toByteArray(), Reason.MALFORMED);
    }
  }

  @Test
  void whatIsNoNumberAndNoTextIsRejected() {
    for (double wrong :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      GenericRecord sale = sale();
      sale.put("total_amount_usd", wrong);
      assertRejected(sales(), AvroBytes.plain(sale), Reason.NOT_A_NUMBER);
    }
    byte[] value = AvroBytes.plain(sale());
    byte[] city = "Đà Nẵng".getBytes(StandardCharsets.UTF_8);
    int at =
        new String(value, StandardCharsets.ISO_8859_1)
            .indexOf(new String(city, StandardCharsets.ISO_8859_1));
    value[at + 1] = (byte) 0xff;
    assertRejected(sales(), value, Reason.INVALID_UTF8);
  }

  @Test
  void timesThatCannotBeAreRejected() {
    record Case(String time, Reason reason) {}
    for (Case wrong :
        new Case[] {
          new Case("0001-01-01T00:00:00Z", Reason.OUT_OF_CALENDAR),
          new Case("2008-12-31T16:59:59Z", Reason.OUT_OF_CALENDAR),
          new Case("3000-01-01T00:00:00Z", Reason.IN_FUTURE),
          new Case("2025-07-01T12:00:00Z", Reason.IN_FUTURE)
        }) {
      GenericRecord sale = sale();
      sale.put("order_timestamp", Instant.parse(wrong.time()).toEpochMilli());
      assertRejected(sales(), AvroBytes.plain(sale), wrong.reason());
    }
    for (long far : new long[] {Long.MAX_VALUE, Long.MIN_VALUE}) {
      GenericRecord sale = sale();
      sale.put("order_timestamp", far);
      assertRejected(
          sales(), AvroBytes.plain(sale), far > 0 ? Reason.IN_FUTURE : Reason.OUT_OF_CALENDAR);
    }
  }

  @Test
  void whenARecordIsReadDoesNotChangeItsTime() throws Exception {
    long soon = NOW + TimeUnit.HOURS.toMicros(1);
    TopicRecord record =
        TopicRecord.create("sales_events", 0, 1, soon, null, AvroBytes.plain(sale()));
    assertThat(sales().decode(record, NOW))
        .isEqualTo(sales().decode(record, soon + 1))
        .satisfies(
            line -> assertThat(line.value("last_modified")).isEqualTo("2025-06-30T13:00:00Z"));
  }

  @Test
  void aRecordTimeThatCannotBeIsRejected() {
    TopicRecord record =
        TopicRecord.create(
            "sales_events", 0, 1, micros("3000-01-01T00:00:00Z"), null, AvroBytes.plain(sale()));
    assertThatThrownBy(() -> sales().decode(record, NOW))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_FUTURE));
  }

  @Test
  void aRegistrysSchemaIsResolvedToOurs() throws Exception {
    Schema newer =
        changed(
            "{\"name\": \"city\", ",
            "{\"name\": \"voucher\", \"type\": [\"null\", \"string\"], \"default\": null},"
                + " {\"name\": \"city\", ");
    GenericRecord sale = new GenericData.Record(newer);
    SALES.getFields().forEach(field -> sale.put(field.name(), sale().get(field.name())));
    sale.put("voucher", "TET2025");
    RecordDecoder decoder =
        new SalesEventDecoder(
            id ->
                id == 7
                    ? WriterSchema.of(newer.toString())
                    : id == 1 ? WriterSchema.of(SALES.toString()) : null);
    assertThat(decoder.decode(value(AvroBytes.wire(7, sale)), NOW).value("city"))
        .isEqualTo("Đà Nẵng");
    assertThat(decoder.decode(value(AvroBytes.wire(1, sale())), NOW).value("order_id"))
        .isEqualTo("O-1");
    assertRejected(decoder, AvroBytes.wire(9, sale()), Reason.UNKNOWN_SCHEMA);
    assertRejected(decoder, AvroBytes.plain(sale()), Reason.MALFORMED);
    assertRejected(decoder, new byte[] {0, 0, 0}, Reason.MALFORMED);
    // Without a registry a newer schema's values are not known as such, but do not pass.
    assertRejected(sales(), AvroBytes.plain(sale), Reason.MALFORMED);
  }

  @Test
  void aSchemaThatOursCannotReadIsRejected() throws Exception {
    Schema text = changed("[\"null\", \"int\"]", "[\"null\", \"string\"]");
    Schema micros = changed("timestamp-millis", "timestamp-micros");
    Schema nullableMicros =
        changed(
            "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}",
            "[\"null\", {\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}]");
    Schema without = changed("{\"name\": \"order_id\", \"type\": \"string\"},", "");
    for (String schema :
        new String[] {
          text.toString(),
          micros.toString(),
          nullableMicros.toString(),
          without.toString(),
          "{\"a\": 1}",
          ""
        }) {
      assertRejected(
          new SalesEventDecoder(id -> WriterSchema.of(schema)),
          AvroBytes.wire(3, sale()),
          Reason.INCOMPATIBLE_SCHEMA);
    }
  }

  @Test
  void aTextIsATextWhateverElseIsSaidOfIt() throws Exception {
    String uuid = "{\"type\": \"string\", \"logicalType\": \"uuid\"}";
    List<Schema> schemas =
        List.of(
            changed(
                "{\"name\": \"order_id\", \"type\": \"string\"}",
                "{\"name\": \"order_id\", \"type\": " + uuid + "}"),
            changed(
                "{\"name\": \"city\", \"type\": [\"null\", \"string\"]",
                "{\"name\": \"city\", \"type\": [\"null\", " + uuid + "]"));
    for (Schema schema : schemas) {
      RecordDecoder decoder = new SalesEventDecoder(id -> WriterSchema.of(schema.toString()));
      GenericRecord sale = new GenericData.Record(schema);
      SALES.getFields().forEach(field -> sale.put(field.name(), sale().get(field.name())));
      assertThat(decoder.decode(value(AvroBytes.wire(3, sale)), NOW).value("order_id"))
          .isEqualTo("O-1");
    }
  }

  @Test
  void aSchemaThatUsesAnothersNameIsReadWithThat() throws Exception {
    String city = "{\"type\": \"enum\", \"name\": \"vn.shop.City\", \"symbols\": [\"HN\"]}";
    String using =
        changed(
                "{\"name\": \"city\", ",
                "{\"name\": \"town\", \"type\": \"int\"}, {\"name\": \"city\", ")
            .toString()
            .replace(
                "{\"name\":\"town\",\"type\":\"int\"}",
                "{\"name\":\"town\",\"type\":\"vn.shop.City\"}");
    Schema.Parser parser = new Schema.Parser();
    Schema symbols = parser.parse(city);
    GenericRecord sale = new GenericData.Record(parser.parse(using));
    SALES.getFields().forEach(field -> sale.put(field.name(), sale().get(field.name())));
    sale.put("town", new GenericData.EnumSymbol(symbols, "HN"));
    byte[] value = AvroBytes.wire(5, sale);
    RecordDecoder decoder = new SalesEventDecoder(id -> new WriterSchema(using, List.of(city)));
    assertThat(decoder.decode(value(value), NOW).value("order_id")).isEqualTo("O-1");
    assertRejected(
        new SalesEventDecoder(id -> WriterSchema.of(using)), value, Reason.INCOMPATIBLE_SCHEMA);
  }

  /** A few lines of schema, of which an empty value would take years to read. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSchemaWhoseValuesHaveNoEndIsRejected() throws Exception {
    StringBuilder doubled =
        new StringBuilder("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
    for (int i = 1; i <= 60; i++) {
      doubled.insert(0, record(i) + "\"fields\":[{\"name\":\"a\",\"type\":");
      doubled.append("},{\"name\":\"b\",\"type\":\"R" + (i - 1) + "\"}]}");
    }
    String itself = record(1) + "\"fields\":[{\"name\":\"r\",\"type\":\"R1\"}]}";
    String deep = "{\"type\":\"array\",\"items\":".repeat(5_000) + "\"int\"" + "}".repeat(5_000);
    String branch = "[\"null\"," + doubled + "]";
    for (String type : new String[] {doubled.toString(), itself, deep, branch}) {
      String schema = withField(type);
      assertRejected(
          new SalesEventDecoder(id -> WriterSchema.of(schema)),
          AvroBytes.wire(3, sale()),
          Reason.INCOMPATIBLE_SCHEMA);
    }
    String longest =
        withField(
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"" + "x".repeat(300_000) + "\"]}");
    assertRejected(
        new SalesEventDecoder(id -> WriterSchema.of(longest)),
        AvroBytes.wire(3, sale()),
        Reason.INCOMPATIBLE_SCHEMA);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatAWriterAddedIsSkippedUnlessItsValuesAreBombs() throws Exception {
    Schema newer =
        new Schema.Parser()
            .parse(
                withField(
                    record(1)
                        + "\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"R1\"]},"
                        + "{\"name\":\"n\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}]}"));
    RecordDecoder decoder = new SalesEventDecoder(id -> WriterSchema.of(newer.toString()));
    byte[] sale = AvroBytes.plain(sale());
    // next: null; n: one block of three nulls, and the end.
    assertThat(decoder.decode(value(wire(new byte[] {0, 6, 0}, sale)), NOW).value("order_id"))
        .isEqualTo("O-1");
    byte[] chain = new byte[60_000];
    Arrays.fill(chain, (byte) 2);
    assertRejected(decoder, wire(chain, sale), Reason.MALFORMED);
    byte[] blocks = new byte[60_000];
    for (int i = 1; i + 2 < blocks.length; i += 3) {
      // A block of 50,000 nulls in three bytes.
      blocks[i] = (byte) 0xA0;
      blocks[i + 1] = (byte) 0x8D;
      blocks[i + 2] = 6;
    }
    assertRejected(decoder, wire(blocks, sale), Reason.MALFORMED);
  }

  private static String record(int number) {
    return "{\"type\":\"record\",\"name\":\"R" + number + "\",";
  }

  /** The schema of sales with a field before all others. */
  private static String withField(String type) {
    return SALES
        .toString()
        .replaceFirst(
            "\"fields\":\\[",
            Matcher.quoteReplacement("\"fields\":[{\"name\":\"first\",\"type\":" + type + "},"));
  }

  private static byte[] wire(byte[] first, byte[] rest) {
    return ByteBuffer.allocate(5 + first.length + rest.length)
        .put((byte) 0)
        .putInt(3)
        .put(first)
        .put(rest)
        .array();
  }

  @Test
  void aRegistryThatIsAwayIsNoFaultOfTheRecord() {
    RecordDecoder decoder =
        new SalesEventDecoder(
            id -> {
              throw new IllegalStateException("away");
            });
    assertThatThrownBy(() -> decoder.decode(value(AvroBytes.wire(3, sale())), NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Schema changed(String part, String by) throws Exception {
    try (var in = AvroValues.class.getResourceAsStream("sales_event.avsc")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).contains(part);
      return new Schema.Parser().parse(text.replace(part, by));
    }
  }
}
