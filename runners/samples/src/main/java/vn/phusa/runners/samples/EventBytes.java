package vn.phusa.runners.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The values of the event topics: Avro's plain binary encoding, and JSON. */
final class EventBytes {
  private static final Schema SALE = schema("sales_event.avsc");
  private static final Schema MOVEMENT = schema("inventory_event.avsc");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double UNITS_OF_A_DOLLAR = 10_000;

  private EventBytes() {}

  static byte[] sale(OrderLine line, Instant sold) {
    GenericRecord sale = new GenericData.Record(SALE);
    sale.put("order_id", line.orderId());
    sale.put("customer_id", line.customerId());
    sale.put("product_id", line.productId());
    sale.put("quantity", line.quantity());
    sale.put("unit_price_usd", usd(line.unitPrice()));
    sale.put("total_amount_usd", usd(line.total()));
    sale.put("platform", line.platform());
    sale.put("payment_method", line.paymentMethod());
    sale.put("order_timestamp", sold.toEpochMilli());
    sale.put("city", line.city());
    return avro(sale);
  }

  static byte[] movement(SampleRandom random, long number, String productId, Instant moved) {
    GenericRecord movement = new GenericData.Record(MOVEMENT);
    int change = (int) (random.chance(0.2) ? random.between(10, 200) : -random.between(1, 5));
    movement.put("event_id", "I-" + number);
    movement.put("product_id", productId);
    movement.put("warehouse", random.pick(List.of("HN-1", "HCM-1", "HCM-2", "DN-1")));
    movement.put("quantity_change", change);
    movement.put("stock_after", random.orNull(random.below(500)));
    movement.put("reason", change > 0 ? "restock" : "sale");
    movement.put("event_timestamp", moved.toEpochMilli());
    return avro(movement);
  }

  static byte[] customer(SampleRandom random, long number, String customerId, Instant changed) {
    boolean woman = random.chance(0.6);
    String name = People.fullName(random, woman);
    Map<String, Object> customer = new LinkedHashMap<>();
    customer.put("customer_id", customerId);
    customer.put("full_name", Typing.of(random, name));
    customer.put("email", People.email(random, name, number % 10_000));
    customer.put("phone", TypedPhones.phone(random));
    customer.put(
        "date_of_birth", LocalDate.of(1950, 1, 1).plusDays(random.below(20_500)).toString());
    customer.put("gender", People.gender(random, woman));
    customer.put("registration_date", "2023-01-01");
    customer.put("city", TypedCities.city(random));
    customer.put("country", "Vietnam");
    customer.put("customer_segment", random.pick(List.of("Regular", "VIP", "New")));
    customer.put("income_level", random.pick(List.of("thấp", "trung bình", "cao")));
    customer.put(
        "monthly_spending_usd", BigDecimal.valueOf(CustomerRows.spending(random) / 100, 2));
    customer.put("preferred_payment_method", SamplePlatforms.payment(random));
    String type = random.orRarely(random.orRarely("updated", 0.1, "created"), 0.03, "deleted");
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event_id", "C-" + number);
    event.put("event_type", "customer." + type);
    event.put("event_timestamp", changed.atOffset(SalesCalendar.VIETNAM).toString());
    event.put("customer", customer);
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are JSON", e);
    }
  }

  private static Double usd(Long units) {
    return units == null ? null : units / UNITS_OF_A_DOLLAR;
  }

  private static byte[] avro(GenericRecord record) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema schema(String resource) {
    try (InputStream in =
        Objects.requireNonNull(EventBytes.class.getResourceAsStream(resource), resource)) {
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
