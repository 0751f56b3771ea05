package vn.phusa.runners.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import vn.phusa.runners.simulator.core.PlatformRendering;
import vn.phusa.runners.simulator.lazada.LazadaRendering;
import vn.phusa.runners.simulator.shopee.ShopeeRendering;
import vn.phusa.runners.simulator.state.Kind;
import vn.phusa.runners.simulator.state.PlatformState;

/**
 * The products and orders of one platform, as they stand at the simulated time: what tests compare
 * with. The texts are those that are served, byte for byte.
 */
public final class PlatformCatalogue {
  private final PlatformState state;
  private final PlatformRendering rendering;

  PlatformCatalogue(PlatformState state, PlatformRendering rendering) {
    this.state = state;
    this.rendering = rendering;
  }

  public int productCount() {
    return state.count(Kind.PRODUCT);
  }

  public int orderCount() {
    return state.count(Kind.ORDER);
  }

  /** The ids, in the order of creation. */
  public List<String> productIds() {
    return IntStream.range(0, productCount()).mapToObj(rendering::productId).toList();
  }

  /** The ids (codes, numbers), in the order of creation. */
  public List<String> orderIds() {
    return IntStream.range(0, orderCount()).mapToObj(rendering::orderId).toList();
  }

  /**
   * The product as the most detailed call gives it (Lazada's and Tiki's lists give the same;
   * Shopee: get_item_base_info; Sendo: the product's own call).
   */
  public String product(String id) {
    return rendering.product(state.product(number(id, Kind.PRODUCT)));
  }

  /** The product as the list gives it (Sendo's row has fewer fields). */
  public String productRow(String id) {
    return rendering.productRow(state.product(number(id, Kind.PRODUCT)));
  }

  /** Shopee alone: the item of get_item_extra_info. */
  public String shopeeExtra(String id) {
    return rendering.productPart(ShopeeRendering.EXTRA, state.product(number(id, Kind.PRODUCT)));
  }

  /** Shopee alone: the "response" of get_model_list. */
  public String shopeeModels(String id) {
    return rendering.productPart(ShopeeRendering.MODELS, state.product(number(id, Kind.PRODUCT)));
  }

  /** Tiki alone: the product with include=inventory. */
  public String tikiWithInventory(String id) {
    return rendering.productPart("inventory", state.product(number(id, Kind.PRODUCT)));
  }

  /** The order as the most detailed call gives it (Shopee: with every optional field). */
  public String order(String id) {
    return rendering.order(state.order(number(id, Kind.ORDER)));
  }

  /** Shopee alone: the order with these of the optional fields. */
  public String shopeeOrder(String id, Set<String> optionalFields) {
    return rendering.orderPart(
        String.join(",", new TreeSet<>(optionalFields)), state.order(number(id, Kind.ORDER)));
  }

  /** Lazada alone: the array of the order's items. */
  public String lazadaItems(String id) {
    return rendering.orderPart(LazadaRendering.ITEMS, state.order(number(id, Kind.ORDER)));
  }

  /** When the product last changed, in whole seconds. */
  public Instant productUpdated(String id) {
    return Instant.ofEpochSecond(state.product(number(id, Kind.PRODUCT)).updated());
  }

  /** When the order last changed, in whole seconds. */
  public Instant orderUpdated(String id) {
    return Instant.ofEpochSecond(state.order(number(id, Kind.ORDER)).updated());
  }

  /** Changes a product, a second later than now: simulated time goes on by that second. */
  public void changeProduct(String id) {
    state.touch(Kind.PRODUCT, number(id, Kind.PRODUCT));
  }

  /** Changes an order, a second later than now: simulated time goes on by that second. */
  public void changeOrder(String id) {
    state.touch(Kind.ORDER, number(id, Kind.ORDER));
  }

  private int number(String id, Kind kind) {
    long number = kind == Kind.PRODUCT ? rendering.productNumber(id) : rendering.orderNumber(id);
    return state
        .existing(kind, number)
        .orElseThrow(() -> new IllegalArgumentException("There is no " + kind + " " + id));
  }
}
