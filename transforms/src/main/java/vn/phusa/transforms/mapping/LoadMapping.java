package vn.phusa.transforms.mapping;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the documents of one collection become records.
 *
 * @param collection where the documents are staged
 * @param into the kind of the records: "products", "customers" or "orders"
 * @param sides collections with a document of the same platform and id that the expression needs
 *     besides, by the name of the variable; a change of one of them is a change of the record
 * @param record a JSLT expression over the payload. Its value is an object of columns as in the
 *     operational tables (amounts also in dong, {@code price_vnd}), for orders an array of such
 *     objects, one a line, which have {@code line} in place of {@code order_id}; null where there
 *     is nothing to be loaded. A {@code deleted} that is true makes it a delete.
 * @param numberRepeats whether a line id that stands twice in an order is another line ("7#2")
 *     rather than the same one reported twice
 */
record LoadMapping(
    String collection,
    String into,
    @Nullable Map<String, String> sides,
    String record,
    boolean numberRepeats)
    implements Serializable {

  static final String PRODUCTS = "products";
  static final String CUSTOMERS = "customers";
  static final String ORDERS = "orders";

  LoadMapping {
    // Sorted, so that a pipeline is put together in one order.
    sides = new TreeMap<>(sides == null ? Map.of() : sides);
  }
}
