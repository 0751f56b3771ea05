package vn.phusa.transforms.errors;

import java.io.Serializable;

/**
 * The step that rejected a record; its {@link #text} is what dead letters carry.
 *
 * <p>Texts are stored: none changes once it was written.
 */
public final class Stage implements Serializable {
  public static final Stage CLEANSE_CUSTOMERS = new Stage("cleanse-customers");
  public static final Stage CLEANSE_INVENTORY = new Stage("cleanse-inventory");
  public static final Stage CLEANSE_PRODUCTS = new Stage("cleanse-products");
  public static final Stage CLEANSE_SALES = new Stage("cleanse-sales");
  public static final Stage CLEANSE_TRANSACTIONS = new Stage("cleanse-transactions");

  /** Sales events (Avro). */
  public static final Stage DECODE_SALES = new Stage("decode-sales");

  /** Stock movements (Avro). */
  public static final Stage DECODE_INVENTORY = new Stage("decode-inventory");

  /** Customer events (JSON). */
  public static final Stage DECODE_CUSTOMERS = new Stage("decode-customers");

  public static final Stage ENRICH_SALES = new Stage("enrich-sales");
  public static final Stage MAP_STAGED = new Stage("map-staged");
  public static final Stage READ_STAGED = new Stage("read-staged");
  public static final Stage REALTIME_SALES = new Stage("realtime-sales");

  /** The five-minute windows. */
  public static final Stage SALES_WINDOWS = new Stage("sales-windows");

  private static final long serialVersionUID = 1L;
  private static final String DECODING = "decode-";

  private final String text;

  private Stage(String text) {
    this.text = text;
  }

  /** The decoding of captured changes of an operational table. */
  public static Stage decodeChanges(String table) {
    return new Stage("decode-cdc-" + table);
  }

  /** The extraction of a part of a marketplace: "orders", "products", ... */
  public static Stage extract(String part) {
    return new Stage("extract-" + part);
  }

  /** The polling of an operational table. */
  public static Stage read(String table) {
    return new Stage("read-" + table);
  }

  /** The writing of a table of the warehouse. */
  public static Stage write(String table) {
    return new Stage("write-" + table);
  }

  /** The stage that a dead letter carries, whatever release wrote it. */
  public static Stage stored(String stored) {
    return new Stage(stored);
  }

  /** Whether it rejects bytes that were not understood, so that these are the payload. */
  public boolean isDecoding() {
    return text.startsWith(DECODING);
  }

  /** "cleanse-sales", "decode-cdc-orders", ... */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stage stage && text.equals(stage.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
