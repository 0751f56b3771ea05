package vn.phusa.runners.simulator.sendo;

import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.PlatformRendering;
import vn.phusa.runners.simulator.state.OrderStage;
import vn.phusa.runners.simulator.state.OrderState;
import vn.phusa.runners.simulator.state.ProductState;

/** Sendo's products and orders. */
public final class SendoRendering implements PlatformRendering {
  private static final long FIRST_PRODUCT = 31_000_005;
  private static final long PRODUCT_STEP = 5;
  private static final long FIRST_ORDER = 6_100_000_001L;
  private static final long ORDER_STEP = 7;

  @Override
  public String productId(int number) {
    return Long.toString(id(number));
  }

  @Override
  public long productNumber(String id) {
    return PlatformRendering.numberOf(id, FIRST_PRODUCT, PRODUCT_STEP);
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
  public String productRow(ProductState product) {
    return common(product).end();
  }

  @Override
  public String product(ProductState product) {
    JsonText json = common(product);
    if (product.brand() != null) {
      json.put("brand_name", product.brand());
    } else {
      json.putNull("brand_name");
    }
    json.put("cat_4_id", product.categoryId())
        .put("description", "<p>Hàng mới, bảo hành 12 tháng</p>")
        .openArray("variants");
    for (int model = 1; model <= product.models(); model++) {
      json.openObject()
          .put("variant_sku", product.sku() + "-" + model)
          .put("variant_price", product.price() + (model - 1) * 10_000L)
          .put("variant_quantity", product.stock() / product.models())
          .put("variant_promotion_start_date_timestamp", 0)
          .closeObject();
    }
    return json.closeArray().end();
  }

  private static JsonText common(ProductState product) {
    JsonText json =
        JsonText.object(JsonText.Style.ESCAPED)
            .put("id", id(product.number()))
            .put("name", product.name())
            .put("sku", product.sku())
            .put("price", product.price());
    if (product.specialPrice() > 0) {
      json.put("special_price", product.specialPrice());
    } else {
      json.putNull("special_price");
    }
    json.put("final_price_min", product.currentPrice())
        .put("stock_quantity", product.stock())
        .put("stock_availability", product.stock() > 0)
        .put("status", product.active() ? 2 : 4)
        .put("image", "https://media3.scdn.vn/" + product.number() + ".jpg")
        .put("link", "https://www.sendo.vn/san-pham-" + id(product.number()) + ".html")
        .put("category_name", product.category())
        .put("updated_date_timestamp", product.updated())
        .put("created_at_timestamp", product.created());
    if (product.number() % 17 == 0) {
      json.openArray("voucher_ids").closeArray();
    }
    return json;
  }

  @Override
  public String order(OrderState order) {
    JsonText json =
        JsonText.object(JsonText.Style.ESCAPED)
            .openObject("sales_order")
            .put("order_number", orderId(order.number()))
            .put("order_status", status(order.stage()))
            .put("payment_status", order.stage() == OrderStage.COMPLETED ? 2 : 1)
            .put("payment_method", payment(order.payment()))
            .put("delivery_status", order.stage() == OrderStage.NEW ? 0 : 4)
            .put("order_date_time_stamp", order.created())
            .put("created_date_time_stamp", order.created())
            .put("updated_date_time_stamp", order.updated())
            .put("order_status_date_time_stamp", order.updated())
            .put("sub_total", order.subtotal())
            .put("total_amount", order.total())
            .put("shipping_fee", order.shippingFee())
            .put("shop_voucher_amount", order.voucher())
            .put("sendo_voucher_amount", 0);
    address(json, order);
    json.put("tracking_number", order.stage() == OrderStage.NEW ? "" : "SD" + order.number())
        .put("carrier_name", "Viettel Post")
        .put("note", order.touches() == 0 ? "" : "đã gọi " + order.touches())
        .closeObject()
        .openArray("sku_details");
    for (OrderState.Line line : order.lines()) {
      json.openObject()
          .put("product_variant_id", id(line.product()))
          .put("product_name", line.name())
          .put("sku", line.sku())
          .put("quantity", line.quantity())
          .put("price", line.price())
          .put("sub_total", line.total())
          .closeObject();
    }
    return json.closeArray().end();
  }

  private static void address(JsonText json, OrderState order) {
    OrderState.Place place = order.place();
    String whole = String.join(", ", place.ward(), place.district(), place.province());
    json.put("receiver_name", order.name())
        .put("receiver_email", order.masked() ? "" : "nguoimua" + order.buyer() + "@mail.example")
        .put("receiver_full_address", order.masked() ? "****" : whole)
        .put("buyer_phone", order.phone().isEmpty() ? "****" : order.phone())
        .put("buyer_address", order.masked() ? "****" : whole)
        .put("buyer_region", place.province())
        .put("buyer_district", place.district())
        .put("buyer_ward", place.ward())
        .put("buyer_region_id", Math.floorMod(place.code().hashCode(), 63) + 1);
  }

  static int status(OrderStage stage) {
    return switch (stage) {
      case NEW -> 2;
      case CONFIRMED -> 3;
      case SHIPPED -> 6;
      case DELIVERED -> 7;
      case COMPLETED -> 8;
      case CANCELLED -> 13;
      case RETURNED -> 22;
    };
  }

  private static int payment(String payment) {
    return switch (payment) {
      case "COD" -> 1;
      case "WALLET" -> 5;
      case "CARD" -> 2;
      default -> 4;
    };
  }

  private static long id(int number) {
    return FIRST_PRODUCT + number * PRODUCT_STEP;
  }
}
