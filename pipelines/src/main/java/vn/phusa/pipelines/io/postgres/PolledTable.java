package vn.phusa.pipelines.io.postgres;

import java.io.Serializable;
import java.util.List;

/**
 * A table of the operational database that is read by its time of modification.
 *
 * @param kind its name, and the kind of its records
 * @param keyColumn the primary key
 * @param columns all columns that are read, the key and last_modified among them
 */
public record PolledTable(String kind, String keyColumn, List<String> columns)
    implements Serializable {

  /** The column by which changes are found. */
  public static final String MODIFIED = "last_modified";

  /** The source that records of the operational database name, polled and captured alike. */
  public static final String SOURCE = "oltp";

  public static final PolledTable CUSTOMERS =
      new PolledTable(
          "customers",
          "customer_id",
          List.of(
              "customer_id",
              "full_name",
              "email",
              "phone",
              "date_of_birth",
              "gender",
              "registration_date",
              "city",
              "state",
              "country",
              "postal_code",
              "customer_segment",
              "income_level",
              "monthly_spending_usd",
              "preferred_device",
              "preferred_payment_method",
              "shopping_frequency",
              "vietnam_region_preference",
              MODIFIED));

  public static final PolledTable PRODUCTS =
      new PolledTable(
          "products",
          "product_id",
          List.of(
              "product_id",
              "name",
              "category",
              "brand",
              "platform",
              "price_usd",
              "stock",
              "rating",
              "review_count",
              MODIFIED));

  public static final PolledTable ORDERS =
      new PolledTable(
          "orders",
          "order_id",
          List.of(
              "order_id",
              "order_number",
              "customer_id",
              "product_id",
              "platform",
              "city",
              "quantity",
              "unit_price_usd",
              "subtotal_usd",
              "discount_amount_usd",
              "tax_amount_usd",
              "shipping_cost_usd",
              "total_amount_usd",
              "profit_margin_usd",
              "payment_method",
              "vietnam_promotion_applied",
              "status",
              "order_date",
              MODIFIED));

  public static final PolledTable TRANSACTIONS =
      new PolledTable(
          "transactions",
          "transaction_id",
          List.of(
              "transaction_id",
              "order_id",
              "payment_method",
              "amount_usd",
              "status",
              "transaction_date",
              MODIFIED));
}
