package vn.phusa.transforms.mapping;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.SourceRecord;

/** The lines that a state of an order has: others that were known of it are gone. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class OrderLines {

  /** The system that reported the order. */
  public abstract String getSource();

  /** The platform's standard name. */
  public abstract String getPlatform();

  /** Where in the source the state stands. */
  public abstract String getPosition();

  /** As the facts have it, "tiki:900". */
  public abstract String getOrderNumber();

  /** The keys of its lines, "tiki:900:11". */
  public abstract List<String> getOrderIds();

  /** When the state came about, microseconds since 1970-01-01 UTC. */
  public abstract long getModifiedMicros();

  @SchemaCreate
  public static OrderLines create(
      String source,
      String platform,
      String position,
      String orderNumber,
      List<String> orderIds,
      long modifiedMicros) {
    return new AutoValue_OrderLines(
        source, platform, position, orderNumber, List.copyOf(orderIds), modifiedMicros);
  }

  /**
   * Of an order's records.
   *
   * @return null where they do not report all lines of one order: there are none, one has no key,
   *     or they are of several
   */
  static @Nullable OrderLines of(
      StagedKind kind, String position, List<SourceRecord> lines, long modifiedMicros) {
    Set<String> ids = new TreeSet<>();
    Set<String> orders = new TreeSet<>();
    for (SourceRecord line : lines) {
      String id = line.value("order_id");
      String order = line.value("order_number");
      if (id == null || order == null) {
        return null;
      }
      ids.add(id);
      orders.add(order);
    }
    return orders.size() != 1
        ? null
        : create(
            kind.source(),
            kind.standardName(),
            position,
            orders.iterator().next(),
            new ArrayList<>(ids),
            modifiedMicros);
  }
}
