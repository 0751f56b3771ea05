package vn.phusa.runners.simulator.shopee;

import java.util.Set;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.state.OrderStage;
import vn.phusa.runners.simulator.state.OrderState;

/** The fields of a Shopee order that come only when they are asked for. */
final class ShopeeOrderFields {
  private ShopeeOrderFields() {}

  static void write(JsonText json, OrderState order, Set<String> asked, ShopeeRendering names) {
    if (asked.contains("buyer_user_id")) {
      json.put("buyer_user_id", 258_000_000 + order.buyer());
    }
    if (asked.contains("buyer_username")) {
      json.put("buyer_username", order.masked() ? "****" : "nguoimua" + order.buyer());
    }
    if (asked.contains("payment_method")) {
      json.put("payment_method", payment(order.payment()));
    }
    if (asked.contains("pay_time") && order.stage() != OrderStage.CANCELLED) {
      json.put("pay_time", order.created() + 60);
    }
    if (asked.contains("note")) {
      json.put("note", order.touches() == 0 ? "" : "đã gọi " + order.touches());
    }
    if (asked.contains("shipping_carrier")) {
      json.put("shipping_carrier", "SPX Express");
    }
    if (asked.contains("estimated_shipping_fee")) {
      json.put("estimated_shipping_fee", order.shippingFee());
    }
    if (asked.contains("actual_shipping_fee")) {
      json.put("actual_shipping_fee", order.shippingFee());
    }
    if (asked.contains("cancel_by")) {
      json.put("cancel_by", order.stage() == OrderStage.CANCELLED ? "buyer" : "");
    }
    if (asked.contains("cancel_reason")) {
      json.put("cancel_reason", order.stage() == OrderStage.CANCELLED ? "Đổi ý" : "");
    }
    if (asked.contains("recipient_address")) {
      address(json, order);
    }
    if (asked.contains("item_list")) {
      items(json, order);
    }
    if (asked.contains("package_list")) {
      json.openArray("package_list")
          .openObject()
          .put("package_number", "OFG" + names.orderId(order.number()))
          .put("logistics_status", "LOGISTICS_READY")
          .closeObject()
          .closeArray();
    }
  }

  private static void address(JsonText json, OrderState order) {
    OrderState.Place place = order.place();
    json.openObject("recipient_address")
        .put("name", order.name())
        .put("phone", order.masked() ? "****" : order.phone())
        .put("town", place.ward())
        .put("district", place.district())
        .put("city", "")
        .put("state", place.province())
        .put("region", "VN")
        .put("zipcode", "")
        .put(
            "full_address",
            order.masked()
                ? "****"
                : String.join(", ", place.ward(), place.district(), place.province()))
        .closeObject();
  }

  private static void items(JsonText json, OrderState order) {
    json.openArray("item_list");
    for (OrderState.Line line : order.lines()) {
      json.openObject()
          .put("item_id", ShopeeRendering.itemId(line.product()))
          .put("item_name", line.name())
          .put("item_sku", line.model() == 0 ? line.sku() : "")
          .put("model_id", ShopeeRendering.modelId(line.product(), line.model()))
          .put("model_name", line.model() == 0 ? "" : "Loại " + line.model())
          .put("model_sku", line.model() == 0 ? "" : line.sku())
          .put("model_quantity_purchased", line.quantity())
          .put("model_original_price", line.price() + 5_000)
          .put("model_discounted_price", line.price())
          .closeObject();
    }
    json.closeArray();
  }

  private static String payment(String payment) {
    return switch (payment) {
      case "COD" -> "Cash on Delivery";
      case "WALLET" -> "ShopeePay";
      case "CARD" -> "Credit/Debit Card";
      default -> "Bank Transfer";
    };
  }
}
