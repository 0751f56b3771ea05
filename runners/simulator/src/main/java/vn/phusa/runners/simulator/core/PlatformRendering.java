package vn.phusa.runners.simulator.core;

import vn.phusa.runners.simulator.state.OrderState;
import vn.phusa.runners.simulator.state.ProductState;

/** How a platform names and writes its products and orders. */
public interface PlatformRendering {
  String productId(int number);

  /** The product's number, -1 for a text that is no id. */
  long productNumber(String id);

  String orderId(int number);

  /** The order's number, -1 for a text that is no id. */
  long orderNumber(String id);

  /** The product as the most detailed call gives it. */
  String product(ProductState product);

  /** The order as the most detailed call gives it. */
  String order(OrderState order);

  /** The product as a list gives it. */
  default String productRow(ProductState product) {
    return product(product);
  }

  /** What further calls say of a product, by the call's name. */
  default String productPart(String part, ProductState product) {
    throw new IllegalArgumentException("There is no part " + part);
  }

  /** What further calls say of an order, by the call's name. */
  default String orderPart(String part, OrderState order) {
    throw new IllegalArgumentException("There is no part " + part);
  }

  /** A text of digits as a number counted from a base in steps; -1 if it is none. */
  static long numberOf(String id, long base, long step) {
    if (!id.matches("[0-9]{1,18}")) {
      return -1;
    }
    long distance = Long.parseLong(id) - base;
    return distance < 0 || distance % step != 0 ? -1 : distance / step;
  }
}
