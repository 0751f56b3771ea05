package vn.phusa.runners.samples;

import java.time.Instant;

/**
 * What the whole shop follows from.
 *
 * @param seed the seed: another one gives other people, goods and orders
 * @param customers how many customers there are at the end
 * @param products how many products
 * @param orders how many order lines
 * @param until the end of the history
 */
record ShopPlan(long seed, long customers, long products, long orders, Instant until) {
  private static final long MIN_PRODUCTS = 30;
  private static final long MAX_PRODUCTS = 50_000;
  private static final long ORDERS_PER_PRODUCT = 100;

  static ShopPlan of(long seed, long customers, long orders, Instant until) {
    if (customers < 1 || orders < 0) {
      throw new IllegalArgumentException("At least one customer, and no negative orders");
    }
    long products = Math.max(MIN_PRODUCTS, Math.min(MAX_PRODUCTS, orders / ORDERS_PER_PRODUCT));
    return new ShopPlan(seed, customers, products, orders, until);
  }

  SampleRandom random(String kind, long number) {
    return SampleRandom.of(seed, kind, number);
  }

  /** The id of a customer, from 1 on. */
  static String customerId(long number) {
    return padded("C", number, 7);
  }

  /** The id of a product, from 1 on. */
  static String productId(long number) {
    return padded("P", number, 6);
  }

  static String padded(String prefix, long number, int digits) {
    String text = Long.toString(number);
    return prefix + "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
