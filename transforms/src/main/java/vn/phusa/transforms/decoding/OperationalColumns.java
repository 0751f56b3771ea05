package vn.phusa.transforms.decoding;

import java.util.Set;

/** What is known about the columns of contract/oltp.sql beside their names. */
final class OperationalColumns {
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

  private OperationalColumns() {}

  /** Whether the column's values are JSON numbers. */
  static boolean isNumber(String column) {
    return NUMBERS.contains(column);
  }
}
