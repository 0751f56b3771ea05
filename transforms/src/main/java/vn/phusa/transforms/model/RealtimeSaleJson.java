package vn.phusa.transforms.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A row of fact_sales_realtime as the topic sales_processed carries it: one JSON object with every
 * column, in the table's order, nulls too. Equal rows give equal texts.
 *
 * <p>Amounts are JSON numbers with all their decimals, times are ISO-8601 in UTC with microseconds.
 */
public final class RealtimeSaleJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private RealtimeSaleJson() {}

  /** The row's JSON text. */
  public static String of(RealtimeSale sale) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("order_id", sale.getOrderId());
      text(json, "customer_id", sale.getCustomerId());
      text(json, "product_id", sale.getProductId());
      integer(json, "quantity", sale.getQuantity());
      number(json, "unit_price_usd", sale.getUnitPriceUsd());
      number(json, "total_amount_usd", sale.getTotalAmountUsd());
      text(json, "platform", sale.getPlatform());
      text(json, "payment_method", sale.getPaymentMethod());
      instant(json, "order_timestamp", sale.getOrderMicros());
      text(json, "city", sale.getCity());
      text(json, "region", sale.getRegion());
      number(json, "total_amount_vnd", sale.getTotalAmountVnd());
      number(json, "unit_price_vnd", sale.getUnitPriceVnd());
      text(json, "payment_method_local", sale.getPaymentMethodLocal());
      bool(json, "is_tet_season", sale.getTetSeason());
      bool(json, "is_shopping_festival", sale.getShoppingFestival());
      instant(json, "processed_timestamp", sale.getProcessedMicros());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(value);
  }

  private static void integer(JsonGenerator json, String name, @Nullable Integer value)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private static void number(JsonGenerator json, String name, @Nullable BigDecimal value)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      // Never in scientific notation, which some readers of numbers do not know.
      json.writeNumber(value.toPlainString());
    }
  }

  private static void bool(JsonGenerator json, String name, @Nullable Boolean value)
      throws IOException {
    json.writeFieldName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeBoolean(value);
    }
  }

  private static void instant(JsonGenerator json, String name, @Nullable Long micros)
      throws IOException {
    text(
        json,
        name,
        micros == null ? null : INSTANT.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
  }
}
