package vn.phusa.pipelines.io.warehouse.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.cleansing.TimestampParser;
import vn.phusa.transforms.decoding.SalesEventDecoder;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.errors.StorableText;

/**
 * Which row of the warehouse a rejected record is a state of.
 *
 * @param table the warehouse's table
 * @param key its natural key
 * @param modifiedMicros when the record was modified, as it says; null when it does not say a time
 */
record RecordKey(String table, String key, @Nullable Long modifiedMicros) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODIFIED = "last_modified";

  /** Longer ones are in no index, and of no row. */
  private static final int MAX_KEY_LENGTH = 2_000;

  /** A field that a state of the row has, and what was made of an event about it has not. */
  private record Kind(String table, String key, String field) {}

  private static final Kind CUSTOMER = new Kind("dim_customer", "customer_id", "customer_id");
  private static final Kind PRODUCT = new Kind("dim_product", "product_id", "name");
  private static final Kind SALE = new Kind("fact_sales", "order_id", "order_id");
  private static final Kind EVENT = new Kind("fact_sales_realtime", "order_id", "order_id");
  private static final Kind PAYMENT =
      new Kind("fact_transactions", "transaction_id", "transaction_id");

  private static final Map<Stage, Kind> KINDS =
      Map.ofEntries(
          Map.entry(Stage.read("customers"), CUSTOMER),
          Map.entry(Stage.CLEANSE_CUSTOMERS, CUSTOMER),
          Map.entry(Stage.write("dim_customer"), CUSTOMER),
          Map.entry(Stage.read("products"), PRODUCT),
          Map.entry(Stage.CLEANSE_PRODUCTS, PRODUCT),
          Map.entry(Stage.write("dim_product"), PRODUCT),
          Map.entry(Stage.read("orders"), SALE),
          Map.entry(Stage.CLEANSE_SALES, SALE),
          Map.entry(Stage.ENRICH_SALES, SALE),
          Map.entry(Stage.write("fact_sales"), SALE),
          Map.entry(Stage.REALTIME_SALES, EVENT),
          Map.entry(Stage.write("fact_sales_realtime"), EVENT),
          Map.entry(Stage.read("transactions"), PAYMENT),
          Map.entry(Stage.CLEANSE_TRANSACTIONS, PAYMENT),
          Map.entry(Stage.write("fact_transactions"), PAYMENT));

  /** The tables that there are keys of. */
  static final List<String> TABLES =
      KINDS.values().stream().map(Kind::table).distinct().sorted().toList();

  /** Empty where the dead letter does not tell. */
  static Optional<RecordKey> of(DeadLetter deadLetter) {
    Kind kind = KINDS.get(deadLetter.stage());
    if (kind == null || deadLetter.isFor(Reason.BEYOND_HORIZON)) {
      // What came too late is older than what is loaded, and is not replaced by it.
      return Optional.empty();
    }
    if (deadLetter.getSource().equals(SalesEventDecoder.SOURCE)) {
      kind = EVENT;
    }
    JsonNode record = record(deadLetter);
    String key = text(record, kind.key());
    if (key == null
        || key.isEmpty()
        || key.length() > MAX_KEY_LENGTH
        || StorableText.problem(key) != null
        || !record.has(kind.field())) {
      return Optional.empty();
    }
    String modified = text(record, MODIFIED);
    long micros = modified == null ? TimestampParser.MALFORMED : TimestampParser.micros(modified);
    boolean isTime = micros != TimestampParser.MALFORMED && micros != TimestampParser.OUT_OF_RANGE;
    return Optional.of(new RecordKey(kind.table(), key, isTime ? micros : null));
  }

  private static JsonNode record(DeadLetter deadLetter) {
    try {
      return JSON.readTree(
          new Payload(deadLetter.getPayload(), deadLetter.getPayloadEncoding()).json());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // Cut, or none of ours: it is of no row that can be told.
      return JSON.nullNode();
    }
  }

  private static @Nullable String text(JsonNode record, String field) {
    return record.path(field).isTextual() ? record.path(field).textValue() : null;
  }
}
