package vn.phusa.pipelines.io.oltp;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import vn.phusa.transforms.decoding.OperationalColumns;

/**
 * A table of the operational database that is read by its time of modification.
 *
 * @param kind its name, and the kind of its records
 * @param keyColumn the primary key
 * @param columns all columns that are read, the key and last_modified among them
 * @param naiveTimes the zone of its times that name none
 */
public record PolledTable(String kind, String keyColumn, List<String> columns, ZoneId naiveTimes)
    implements Serializable {

  /** Vietnam's, which has no daylight saving. */
  public static final ZoneId DEFAULT_ZONE = ZoneOffset.ofHours(7);

  /** The column by which changes are found. */
  public static final String MODIFIED = OperationalColumns.MODIFIED;

  /** The source that records of the operational database name, polled and captured alike. */
  public static final String SOURCE = "oltp";

  /** With naive times in Vietnam's zone. */
  public PolledTable(String kind, String keyColumn, List<String> columns) {
    this(kind, keyColumn, columns, DEFAULT_ZONE);
  }

  /** The same table with naive times of another zone. */
  public PolledTable withNaiveTimesIn(ZoneId zone) {
    return new PolledTable(kind, keyColumn, columns, zone);
  }

  public static final PolledTable CUSTOMERS =
      new PolledTable("customers", "customer_id", OperationalColumns.CUSTOMERS);

  public static final PolledTable PRODUCTS =
      new PolledTable("products", "product_id", OperationalColumns.PRODUCTS);

  public static final PolledTable ORDERS =
      new PolledTable("orders", "order_id", OperationalColumns.ORDERS);

  public static final PolledTable TRANSACTIONS =
      new PolledTable("transactions", "transaction_id", OperationalColumns.TRANSACTIONS);
}
