package vn.phusa.pipelines.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.pipelines.flow.Route;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.pipelines.io.kafka.source.RecordLookup;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RecordPayload;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourcePosition;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/**
 * Makes of dead letters the records that they are of, with the position that these had. Every dead
 * letter comes out once.
 *
 * <p>A topic's record is read from the topic again, where it still is; that alone knows when Kafka
 * took it. Otherwise the dead letter's payload is made to a record: bytes that were never
 * understood, fields of records that can only have said that a row is so, and those that say what
 * they were (as those of the facts' sinks do). What may have been a delete, or is ordered by a
 * commit that the dead letter does not name, is not guessed, and neither is what the dead letter
 * leaves out.
 */
final class RestoreRecords extends PTransform<PCollection<DeadLetter>, PCollectionTuple> {
  /** Records of a topic, as bytes. */
  static final TupleTag<TopicRecord> BYTES = new TupleTag<>("bytes") {};

  /** Records that were understood before. */
  static final TupleTag<SourceRecord> RECORDS = new TupleTag<>("records") {};

  /** Dead letters that no record can be made of any more, as they were. */
  static final TupleTag<DeadLetter> GONE = new TupleTag<>("gone") {};

  private static final long serialVersionUID = 1L;
  private static final Set<Route> WITHOUT_DELETES =
      Set.of(
          Route.SALES_EVENTS,
          Route.INVENTORY_EVENTS,
          Route.CUSTOMER_ROWS,
          Route.PRODUCT_ROWS,
          Route.ORDER_ROWS,
          Route.TRANSACTION_ROWS);

  /** Those whose payload had the names of the warehouse's table in older versions. */
  private static final Set<Stage> OF_FACTS =
      Set.of(Stage.write("fact_sales"), Stage.write("fact_transactions"));

  /** Those that write a record back, and what it was besides its values. */
  private static final Set<Stage> WRITTEN_BACK =
      Set.of(
          Stage.ENRICH_SALES,
          Stage.REALTIME_SALES,
          Stage.SALES_WINDOWS,
          Stage.write("fact_sales"),
          Stage.write("fact_transactions"),
          Stage.write("fact_sales_realtime"),
          Stage.write("fact_inventory"));

  /**
   * A dead letter that lacks one of these is of something that was made of its event, such as the
   * stock that a movement left, or not when it became known.
   */
  private static final Map<Route, List<String>> NEEDED =
      Map.of(
          Route.SALES_EVENTS, List.of("order_id", "order_date", "last_modified"),
          Route.INVENTORY_EVENTS, List.of("event_id", "event_timestamp"));

  private final Route route;
  private final @Nullable KafkaAddress kafka;

  /**
   * @param kafka only for topics
   */
  RestoreRecords(Route route, @Nullable KafkaAddress kafka) {
    this.route = route;
    this.kafka = kafka;
  }

  @Override
  public PCollectionTuple expand(PCollection<DeadLetter> deadLetters) {
    return deadLetters.apply(
        "Restore records",
        ParDo.of(new RecallFn(route, kafka))
            .withOutputTags(RECORDS, TupleTagList.of(List.of(BYTES, GONE))));
  }

  static final class RecallFn extends BundledFn<DeadLetter, SourceRecord> {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Route route;
    private final @Nullable KafkaAddress kafka;
    private transient @Nullable RecordLookup past;

    RecallFn(Route route, @Nullable KafkaAddress kafka) {
      this.route = route;
      this.kafka = kafka;
    }

    @Setup
    public void setup() {
      past = kafka == null || !route.isOfTopic() ? null : new RecordLookup(kafka);
    }

    @Override
    protected void handle(List<DeadLetter> deadLetters, Outputs out) {
      Map<String, TopicRecord> there = past == null ? Map.of() : reread(past, deadLetters);
      Set<String> sent = new HashSet<>();
      for (DeadLetter deadLetter : deadLetters) {
        TopicRecord record = there.get(deadLetter.getPosition());
        if (record == null || !isOf(deadLetter, record)) {
          rebuild(deadLetter, out);
        } else if (sent.add(record.position())) {
          out.output(BYTES, record);
        }
      }
    }

    /** A topic that was deleted and made again has another record in the same position. */
    private static boolean isOf(DeadLetter deadLetter, TopicRecord record) {
      if (!deadLetter.stage().isDecoding()) {
        return true;
      }
      byte[] value = record.getValue();
      return deadLetter.isFor(Reason.NO_VALUE)
          ? value == null
          : value != null
              && Base64.getEncoder().encodeToString(value).equals(deadLetter.getPayload());
    }

    private Map<String, TopicRecord> reread(RecordLookup records, List<DeadLetter> deadLetters) {
      Map<Integer, Set<Long>> offsets = new HashMap<>();
      for (DeadLetter deadLetter : deadLetters) {
        deadLetter
            .position()
            .inTopic()
            .ifPresent(
                position ->
                    offsets
                        .computeIfAbsent(position.partition(), partition -> new HashSet<>())
                        .add(position.offset()));
      }
      return records.read(route.topic(), offsets);
    }

    private void rebuild(DeadLetter deadLetter, Outputs out) {
      try {
        if (deadLetter.stage().isDecoding()) {
          out.output(BYTES, bytes(deadLetter));
          return;
        }
        out.output(RECORDS, record(deadLetter));
        return;
      } catch (IOException | IllegalArgumentException e) {
        // Not ours, or truncated: as it was.
      }
      out.output(GONE, deadLetter);
    }

    private static TopicRecord bytes(DeadLetter deadLetter) throws IOException {
      SourcePosition.InTopic position =
          deadLetter
              .position()
              .inTopic()
              .orElseThrow(() -> new IOException("the dead letter's position is in no topic"));
      boolean none = deadLetter.isFor(Reason.NO_VALUE);
      return TopicRecord.create(
          position.topic(),
          position.partition(),
          position.offset(),
          -1,
          null,
          none ? null : Base64.getDecoder().decode(deadLetter.getPayload()));
    }

    private SourceRecord record(DeadLetter deadLetter) throws IOException {
      JsonNode fields =
          JSON.readTree(
              new Payload(deadLetter.getPayload(), deadLetter.getPayloadEncoding()).json());
      if (!fields.isObject()) {
        throw new IOException("the payload is no JSON object");
      }
      Map<String, @Nullable String> values = new LinkedHashMap<>();
      fields
          .fields()
          .forEachRemaining(
              field ->
                  values.put(
                      field.getKey(),
                      field.getValue().isNull() ? null : field.getValue().asText()));
      String kind = route.name().toLowerCase(Locale.ROOT);
      if (WRITTEN_BACK.contains(deadLetter.stage()) && RecordPayload.isWhole(values)) {
        return RecordPayload.record(deadLetter.getSource(), kind, deadLetter.getPosition(), values);
      }
      if (!WITHOUT_DELETES.contains(route)
          || OF_FACTS.contains(deadLetter.stage())
          || !values.keySet().containsAll(NEEDED.getOrDefault(route, List.of()))) {
        throw new IOException("the payload is not all of the record");
      }
      return SourceRecord.polled(
          deadLetter.getSource(),
          kind,
          deadLetter.getPosition(),
          List.copyOf(values.keySet()),
          new ArrayList<>(values.values()));
    }

    @Teardown
    public void teardown() {
      if (past != null) {
        past.close();
      }
    }
  }
}
