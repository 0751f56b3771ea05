package vn.phusa.transforms.decoding;

import java.util.List;
import java.util.Set;

/** The columns of the operational tables, and of the events that report such rows. */
public final class OperationalColumns {
  /** When the row was changed last, which every table has. */
  public static final String MODIFIED = "last_modified";

  public static final List<String> CUSTOMERS =
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
          MODIFIED);

  public static final List<String> PRODUCTS =
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
          MODIFIED);

  public static final List<String> ORDERS =
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
          MODIFIED);

  public static final List<String> TRANSACTIONS =
      List.of(
          "transaction_id",
          "order_id",
          "payment_method",
          "amount_usd",
          "status",
          "transaction_date",
          MODIFIED);

  private static final Set<String> NUMBERS =
      Set.of(
          "monthly_spending_usd",
          "price_usd",
          "stock",
          "rating",
          "review_count",
          "quantity",
          "unit_price_usd",
          "subtotal_usd",
          "discount_amount_usd",
          "tax_amount_usd",
          "shipping_cost_usd",
          "total_amount_usd",
          "profit_margin_usd",
          "amount_usd");

  /**
   * The columns of facts that PostgreSQL cannot leave out of a change: of a fixed width, or
   * decimals of a few bytes. What is derived of them has no other origin in the warehouse.
   */
  private static final Set<String> ALWAYS_CARRIED =
      Set.of(
          "quantity",
          "unit_price_usd",
          "subtotal_usd",
          "discount_amount_usd",
          "tax_amount_usd",
          "shipping_cost_usd",
          "total_amount_usd",
          "profit_margin_usd",
          "vietnam_promotion_applied",
          "order_date",
          "amount_usd",
          "transaction_date");

  private OperationalColumns() {}

  /**
   * The columns that are read of a table.
   *
   * @throws IllegalArgumentException if the table is none of the four
   */
  static Set<String> of(String table) {
    return switch (table) {
      case "customers" -> Set.copyOf(CUSTOMERS);
      case "products" -> Set.copyOf(PRODUCTS);
      case "orders" -> Set.copyOf(ORDERS);
      case "transactions" -> Set.copyOf(TRANSACTIONS);
      default -> throw new IllegalArgumentException("no table that is read: " + table);
    };
  }

  /**
   * Whether the warehouse keeps the value that it has where a change leaves the column out as
   * unchanged: texts, and whatever a dimension is made of.
   */
  static boolean mayBeLeftOut(String column) {
    return !ALWAYS_CARRIED.contains(column);
  }

  /** Whether the column's values are JSON numbers. */
  static boolean isNumber(String column) {
    return NUMBERS.contains(column);
  }
}
