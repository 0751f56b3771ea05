package vn.phusa.runners.simulator.tiki;

import java.util.List;
import java.util.Map;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.core.PlatformRendering;
import vn.phusa.runners.simulator.state.Categories;
import vn.phusa.runners.simulator.state.OrderStage;
import vn.phusa.runners.simulator.state.OrderState;
import vn.phusa.runners.simulator.state.ProductState;

/** Tiki's products and orders. */
public final class TikiRendering implements PlatformRendering {
  private static final long FIRST_PRODUCT = 70_000_011;
  private static final long PRODUCT_STEP = 2;
  private static final long FIRST_ORDER = 512_000_003;
  private static final long ORDER_STEP = 3;

  @Override
  public String productId(int number) {
    return Long.toString(id(number));
  }

  @Override
  public long productNumber(String id) {
    return PlatformRendering.numberOf(id, FIRST_PRODUCT, PRODUCT_STEP);
  }

  /** The order's code. */
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
    return product(product, false);
  }

  /** The product with its inventory, as asked for by "include". */
  @Override
  public String productPart(String part, ProductState product) {
    return part.equals("inventory")
        ? product(product, true)
        : PlatformRendering.super.productPart(part, product);
  }

  private static String product(ProductState product, boolean inventory) {
    JsonText json =
        JsonText.object(JsonText.Style.SPACED)
            .put("id", id(product.number()))
            .put("sku", Long.toString(2_000_000_000_000L + product.number()))
            .put("original_sku", product.sku())
            .put("name", product.name())
            .put("master_id", id(product.number()) - 1)
            .put("master_sku", Long.toString(3_000_000_000_000L + product.number()))
            .put("super_id", product.models() == 0 ? 0 : id(product.number()) + 500_000_000);
    if (product.number() % 3 == 0) {
      json.put("active", product.active() ? "1" : "0");
    } else {
      json.put("active", product.active() ? 1 : 0);
    }
    json.put("is_hidden", false)
        .put("type", "simple")
        .put("entity_type", "seller_simple")
        .put("price", product.currentPrice())
        .put("market_price", product.price())
        .put("version", product.revision() + 1)
        .put("created_at", LocalTimes.plain(product.created()))
        .put("updated_at", LocalTimes.plain(product.updated()));
    if (product.number() % 13 == 0) {
      json.putNull("thumbnail");
    } else {
      json.put("thumbnail", "https://salt.tikicdn.com/" + product.number() + ".jpg");
    }
    json.openObject("seller").put("id", 88_001).put("name", "Cửa hàng Phù Sa").put("code", "PS1");
    json.closeObject().openObject("attributes");
    if (product.brand() != null) {
      json.openObject("brand").put("id", 1).put("value", product.brand()).closeObject();
    }
    json.closeObject()
        .openArray("categories")
        .openObject()
        .put("id", product.categoryId())
        .put("name", product.category())
        .put("is_primary", true)
        .closeObject()
        .closeArray();
    if (inventory) {
      json.openObject("inventory")
          .put("inventory_type", "cross_border")
          .put("quantity", product.stock())
          .put("quantity_available", product.stock())
          .put("quantity_reserved", 0)
          .closeObject();
    }
    return json.end();
  }

  @Override
  public String order(OrderState order) {
    JsonText json =
        JsonText.object(JsonText.Style.SPACED)
            .put("id", 90_000_000 + order.number())
            .put("code", orderId(order.number()))
            .put("fulfillment_type", "dropship")
            .put("status", status(order.stage()))
            .put("main_state", mainState(order.stage()))
            .put("created_at", LocalTimes.plain(order.created()))
            .put("updated_at", LocalTimes.plain(order.updated()))
            .put("is_rma", order.stage() == OrderStage.RETURNED)
            .putNull("linked_code")
            .put("note", order.touches() == 0 ? "" : "đã đổi " + order.touches())
            .openObject("tiki_warehouse")
            .put("id", 3)
            .put("name", "Kho Tân Bình")
            .put("code", "sgn_tb")
            .closeObject()
            .openObject("customer")
            .put("id", 5_000_000 + order.buyer())
            .put("full_name", order.name())
            .closeObject();
    shipping(json, order);
    invoice(json, order);
    json.openArray("items");
    int position = 0;
    for (OrderState.Line line : order.lines()) {
      item(json, order, line, position++);
    }
    return json.closeArray().end();
  }

  private void shipping(JsonText json, OrderState order) {
    OrderState.Place place = order.place();
    json.openObject("shipping")
        .openObject("plan")
        .put("id", 1)
        .put("name", "Giao tiêu chuẩn")
        .closeObject()
        .put("status", status(order.stage()))
        .put("tracking_code", order.stage() == OrderStage.NEW ? "" : "TK" + order.number())
        .openObject("address")
        .put("full_name", order.name())
        .put("street", order.masked() ? "" : order.number() % 200 + " Hai Bà Trưng")
        .put("ward", place.ward())
        .put("ward_tiki_code", place.code() + "001001")
        .put("district", place.district())
        .put("district_tiki_code", place.code() + "001")
        .put("region", place.province())
        .put("region_tiki_code", place.code())
        .put("country", "Việt Nam")
        .put("country_id", "VN")
        .put("phone", "")
        .closeObject()
        .closeObject();
  }

  private static void invoice(JsonText json, OrderState order) {
    boolean prepaid = !order.payment().equals("COD");
    json.openObject("payment")
        .put("method", payment(order.payment()))
        .put("is_prepaid", prepaid)
        .put("status", prepaid ? "success" : "pending")
        .closeObject()
        .openObject("invoice")
        .put("items_count", order.lines().size())
        .put("subtotal", order.subtotal())
        .put("grand_total", order.total())
        .put("collectible_amount", prepaid ? 0 : order.total())
        .put("discount_amount", order.voucher())
        .put("shipping_amount_after_discount", order.shippingFee())
        .put("total_seller_fee", order.subtotal() * 8 / 100)
        .put("total_seller_income", order.subtotal() * 92 / 100)
        .put("purchased_at", LocalTimes.plain(order.created()))
        .closeObject();
  }

  private static void item(JsonText json, OrderState order, OrderState.Line line, int position) {
    json.openObject()
        .put("id", (90_000_000L + order.number()) * 10 + position)
        .openObject("product")
        .put("id", id(line.product()))
        .put("master_id", id(line.product()) - 1)
        .put("super_id", line.model() == 0 ? 0 : id(line.product()) + 500_000_000)
        .put("sku", Long.toString(2_000_000_000_000L + line.product()))
        .put("name", line.name())
        .put("seller_product_code", line.sku())
        .closeObject()
        .put("price", line.price())
        .put("qty", line.quantity())
        .openObject("invoice")
        .put("price", line.price())
        .put("quantity", line.quantity())
        .put("row_total", line.total())
        .put("discount_amount", 0)
        .put("seller_income", line.total() * 92 / 100)
        .closeObject()
        .openObject("seller")
        .put("id", 88_001)
        .put("name", "Cửa hàng Phù Sa")
        .closeObject()
        .closeObject();
  }

  static String status(OrderStage stage) {
    return switch (stage) {
      case NEW -> "queueing";
      case CONFIRMED -> "seller_confirmed";
      case SHIPPED -> "shipping";
      case DELIVERED -> "successful_delivery";
      case COMPLETED -> "complete";
      case CANCELLED -> "canceled";
      case RETURNED -> "returned";
    };
  }

  private static String mainState(OrderStage stage) {
    return stage == OrderStage.NEW ? "awaiting_confirmation" : status(stage);
  }

  private static String payment(String payment) {
    return switch (payment) {
      case "COD" -> "cod";
      case "WALLET" -> "momo";
      case "CARD" -> "cybersource";
      default -> "bank_transfer";
    };
  }

  private static long id(int number) {
    return FIRST_PRODUCT + number * PRODUCT_STEP;
  }

  /** The categories as their list gives them. */
  List<String> categories() {
    return Categories.all().entrySet().stream().map(TikiRendering::category).toList();
  }

  private static String category(Map.Entry<String, Integer> category) {
    return JsonText.object(JsonText.Style.SPACED)
        .put("id", category.getValue())
        .put("name", category.getKey())
        .put("parent_id", 2)
        .put("is_primary", true)
        .put("status", "active")
        .end();
  }
}
