package vn.phusa.runners.cli.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import vn.phusa.runners.samples.SampleEvent;
import vn.phusa.runners.samples.SampleEvents;
import vn.phusa.runners.samples.SampleShop;

/**
 * Sales events, with orders among them of which two events say different things: at different
 * record times, or at the same.
 */
final class SoldEvents {
  private static final double CONTRADICTED = 0.05;
  private static final long FIVE_MINUTES = 300_000;
  private static final Schema SALE = schema();
  private static final DateTimeFormatter SHOP_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssX", Locale.ROOT);

  private SoldEvents() {}

  /**
   * Those of the sample shop, with broken, late and repeated ones among them.
   *
   * @param first the record time of the first event; each next one's is a millisecond later
   */
  static List<ProducerRecord<byte[], byte[]>> of(SampleShop shop, int count, Instant first)
      throws IOException {
    SampleEvents events = shop.events(Instant.parse("2025-07-01T02:00:00Z"), 2).dirty();
    Random random = new Random(count);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (long number = 0; records.size() < count; number++) {
      SampleEvent event = events.event(number);
      if (!event.topic().equals(SampleEvents.SALES)) {
        continue;
      }
      long time = first.toEpochMilli() + number;
      records.add(record(event.key(), event.value(), time));
      if (isSale(event.value())) {
        contradict(event.key(), event.value(), time, random, records);
      }
    }
    return records;
  }

  /**
   * One of each order line.
   *
   * @param lines what the columns of the table orders say, an empty text for null
   * @param first as above
   */
  static List<ProducerRecord<byte[], byte[]>> of(List<Map<String, String>> lines, Instant first)
      throws IOException {
    Random random = new Random(lines.size());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Map<String, String> line : lines) {
      byte[] key = line.get("order_id").getBytes(StandardCharsets.UTF_8);
      byte[] value = written(sale(line));
      long time = first.toEpochMilli() + records.size();
      records.add(record(key, value, time));
      contradict(key, value, time, random, records);
    }
    return records;
  }

  private static GenericRecord sale(Map<String, String> line) {
    GenericRecord sale = new GenericData.Record(SALE);
    for (String text :
        List.of("order_id", "customer_id", "product_id", "platform", "payment_method", "city")) {
      sale.put(text, line.get(text).isEmpty() ? null : line.get(text));
    }
    sale.put("quantity", Integer.valueOf(line.get("quantity")));
    sale.put("unit_price_usd", Double.valueOf(line.get("unit_price_usd")));
    sale.put("total_amount_usd", Double.valueOf(line.get("total_amount_usd")));
    sale.put(
        "order_timestamp",
        OffsetDateTime.parse(line.get("order_date"), SHOP_TIME).toInstant().toEpochMilli());
    return sale;
  }

  private static void contradict(
      byte[] key,
      byte[] value,
      long time,
      Random random,
      List<ProducerRecord<byte[], byte[]>> records)
      throws IOException {
    if (random.nextDouble() < CONTRADICTED) {
      long later = random.nextBoolean() ? time : time + random.nextInt(100);
      records.add(record(key, otherwise(value, random), later));
    }
  }

  private static ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value, long time) {
    return new ProducerRecord<>(SampleEvents.SALES, null, time, key, value);
  }

  private static boolean isSale(byte[] value) {
    try {
      return read(value).get("order_id").toString().startsWith("E-");
    } catch (IOException | RuntimeException broken) {
      return false;
    }
  }

  /** The same order with another amount, and sometimes in another window. */
  private static byte[] otherwise(byte[] value, Random random) throws IOException {
    GenericRecord sale = read(value);
    sale.put("total_amount_usd", (double) random.nextInt(500));
    if (random.nextBoolean()) {
      sale.put("order_timestamp", (Long) sale.get("order_timestamp") - FIVE_MINUTES);
    }
    return written(sale);
  }

  private static byte[] written(GenericRecord sale) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(SALE).write(sale, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static GenericRecord read(byte[] value) throws IOException {
    return new GenericDatumReader<GenericRecord>(SALE)
        .read(null, DecoderFactory.get().binaryDecoder(value, null));
  }

  private static Schema schema() {
    try (InputStream in =
        Objects.requireNonNull(SampleShop.class.getResourceAsStream("sales_event.avsc"))) {
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
