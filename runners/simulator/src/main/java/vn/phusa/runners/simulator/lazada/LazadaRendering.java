package vn.phusa.runners.simulator.lazada;

import java.util.Locale;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.core.PlatformRendering;
import vn.phusa.runners.simulator.state.OrderStage;
import vn.phusa.runners.simulator.state.OrderState;
import vn.phusa.runners.simulator.state.ProductState;

/** Lazada's products, orders and order items. */
public final class LazadaRendering implements PlatformRendering {
  /** The order's lines as the items calls give them: a JSON array, one element per unit. */
  public static final String ITEMS = "items";

  private static final long FIRST_ITEM = 1_500_000_000L;
  private static final long ITEM_STEP = 7;
  private static final long FIRST_ORDER = 400_000_000_016_090L;
  private static final long ORDER_STEP = 13;

  @Override
  public String productId(int number) {
    return Long.toString(itemId(number));
  }

  @Override
  public long productNumber(String id) {
    return PlatformRendering.numberOf(id, FIRST_ITEM, ITEM_STEP);
  }

  @Override
  public String orderId(int number) {
    return Long.toString(FIRST_ORDER + number * ORDER_STEP);
  }

  @Override
  public long orderNumber(String id) {
    return PlatformRendering.numberOf(id, FIRST_ORDER, ORDER_STEP);
  }

  @Override
  public String product(ProductState product) {
    JsonText json =
        JsonText.object(JsonText.Style.COMPACT)
            .put("created_time", Long.toString(product.created() * 1000))
            .put("updated_time", Long.toString(product.updated() * 1000 + 851))
            .openArray("images")
            .add("https://sg-live.slatic.net/p/" + product.number() + ".jpg")
            .closeArray()
            .openArray("skus");
    for (int model = 0; model < Math.max(1, product.models()); model++) {
      sku(json, product, model);
    }
    json.closeArray()
        .put("item_id", itemId(product.number()))
        .put("primary_category", product.categoryId())
        .openObject("attributes")
        .put("name", product.name())
        .put("short_description", "<ul><li>Bảo hành 12 tháng</li></ul>");
    if (product.brand() != null) {
      json.put("brand", product.brand());
    } else if (product.number() % 2 == 0) {
      json.putNull("brand");
    }
    json.closeObject();
    if (product.number() % 17 == 0) {
      json.openObject("bizSupplement").put("preorder", false).closeObject();
    }
    return json.put("status", product.active() ? "Active" : "InActive").end();
  }

  private static void sku(JsonText json, ProductState product, int model) {
    String status = product.active() ? "active" : "inactive";
    json.openObject()
        .put("Status", status)
        .put("quantity", product.stock())
        .put("Available", product.stock())
        .put("SellerSku", product.sku() + (product.models() == 0 ? "" : "-" + (model + 1)))
        .put("ShopSku", itemId(product.number()) + "_VNAMZ-" + skuId(product.number(), model))
        .put("SkuId", skuId(product.number(), model))
        .put("Url", "https://www.lazada.vn/-i" + itemId(product.number()) + ".html")
        .digits("price", (product.price() + model * 10_000L) + ".00")
        .digits("special_price", product.specialPrice() + ".0")
        .put("package_weight", "0.25")
        .closeObject();
  }

  @Override
  public String order(OrderState order) {
    long id = FIRST_ORDER + order.number() * ORDER_STEP;
    int units = order.lines().stream().mapToInt(OrderState.Line::quantity).sum();
    JsonText json =
        JsonText.object(JsonText.Style.COMPACT)
            .put("order_id", id)
            .put("order_number", id)
            .put("created_at", LocalTimes.withOffset(order.created()))
            .put("updated_at", LocalTimes.withOffset(order.updated()))
            .put("price", money(order.subtotal()))
            .put("payment_method", payment(order.payment()))
            .openArray("statuses")
            .add(status(order.stage()))
            .closeArray()
            .put("items_count", units)
            .digits("shipping_fee", order.shippingFee() + ".00")
            .digits("voucher", order.voucher() + ".00")
            .digits("voucher_platform", "0.00")
            .put("customer_first_name", order.name())
            .put("customer_last_name", "")
            .put("remarks", order.touches() == 0 ? "" : "gọi trước khi giao " + order.touches())
            .put("warehouse_code", "dropshipping");
    if (order.number() % 11 == 0) {
      json.putNull("gift_message");
    }
    return json.openObject("address_shipping")
        .put("first_name", order.name())
        .put("last_name", "")
        .put("phone", order.phone())
        .put("address1", order.masked() ? "****" : order.number() % 200 + " Lê Lợi")
        .put("address3", order.place().province())
        .put("address4", order.place().district())
        .put("address5", order.place().ward())
        .put("city", order.place().district())
        .put("post_code", "")
        .put("country", "Vietnam")
        .closeObject()
        .end();
  }

  @Override
  public String orderPart(String part, OrderState order) {
    if (!part.equals(ITEMS)) {
      return PlatformRendering.super.orderPart(part, order);
    }
    StringBuilder items = new StringBuilder("[");
    int unit = 0;
    for (OrderState.Line line : order.lines()) {
      for (int i = 0; i < line.quantity(); i++) {
        items.append(items.length() == 1 ? "" : ",").append(item(order, line, unit++));
      }
    }
    return items.append(']').toString();
  }

  private static String item(OrderState order, OrderState.Line line, int unit) {
    long id = FIRST_ORDER + order.number() * ORDER_STEP;
    int model = Math.max(0, line.model() - 1);
    return JsonText.object(JsonText.Style.COMPACT)
        .put("order_item_id", id * 10 + unit)
        .put("order_id", id)
        .put("buyer_id", 9_000_000 + order.buyer())
        .put("sku", line.sku())
        .put("shop_sku", itemId(line.product()) + "_VNAMZ-" + skuId(line.product(), model))
        .put("sku_id", Long.toString(skuId(line.product(), model)))
        .put("product_id", Long.toString(itemId(line.product())))
        .put("name", line.name())
        .put("variation", line.model() == 0 ? "" : "Phân loại:" + line.model())
        .digits("item_price", line.price() + ".00")
        .digits("paid_price", line.price() + ".00")
        .put("currency", "VND")
        .put("status", status(order.stage()))
        .digits("tax_amount", "0.00")
        .digits("voucher_amount", "0.00")
        .digits("shipping_amount", "0.00")
        .put("created_at", LocalTimes.withOffset(order.created()))
        .put("updated_at", LocalTimes.withOffset(order.updated()))
        .put("tracking_code", order.stage() == OrderStage.NEW ? "" : "LEX" + id)
        .put("shipment_provider", "LEX VN")
        .put("reason", order.stage() == OrderStage.CANCELLED ? "Đổi ý" : "")
        .end();
  }

  static String status(OrderStage stage) {
    return switch (stage) {
      case NEW -> "pending";
      case CONFIRMED -> "ready_to_ship";
      case SHIPPED -> "shipped";
      case DELIVERED, COMPLETED -> "delivered";
      case CANCELLED -> "canceled";
      case RETURNED -> "returned";
    };
  }

  private static String payment(String payment) {
    return switch (payment) {
      case "WALLET" -> "MOMO";
      case "CARD" -> "MIXEDCARD";
      case "TRANSFER" -> "BANK_TRANSFER";
      default -> payment;
    };
  }

  /** {@code 99,000.00}. */
  private static String money(long dong) {
    return String.format(Locale.ROOT, "%,d.00", dong);
  }

  private static long itemId(int number) {
    return FIRST_ITEM + number * ITEM_STEP;
  }

  private static long skuId(int number, int model) {
    return 6_000_000_000L + number * 10L + model;
  }
}
