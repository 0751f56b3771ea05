package vn.phusa.runners.simulator.shopee;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.core.PlatformRendering;
import vn.phusa.runners.simulator.state.OrderStage;
import vn.phusa.runners.simulator.state.OrderState;
import vn.phusa.runners.simulator.state.PlatformState;
import vn.phusa.runners.simulator.state.ProductState;

/** Shopee's items, models and orders. */
public final class ShopeeRendering implements PlatformRendering {
  /** What get_item_extra_info gives of an item. */
  public static final String EXTRA = "extra";

  /** What get_model_list gives: the whole "response". */
  public static final String MODELS = "models";

  /** The fields of an order that come only when they are asked for. */
  static final Set<String> OPTIONAL =
      Set.of(
          "buyer_user_id",
          "buyer_username",
          "estimated_shipping_fee",
          "recipient_address",
          "actual_shipping_fee",
          "note",
          "item_list",
          "pay_time",
          "payment_method",
          "total_amount",
          "shipping_carrier",
          "package_list",
          "cancel_by",
          "cancel_reason");

  private static final long FIRST_ITEM = 20_000_034_002L;
  private static final long ITEM_STEP = 3;
  private static final int SERIAL_DIGITS = 8;
  private static final int RADIX = 36;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  private final PlatformState state;

  public ShopeeRendering(PlatformState state) {
    this.state = state;
  }

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
    String serial = Integer.toString(number, RADIX).toUpperCase(Locale.ROOT);
    return DAY.format(LocalTimes.day(state.orderCreated(number)))
        + "0".repeat(SERIAL_DIGITS - serial.length())
        + serial;
  }

  @Override
  public long orderNumber(String id) {
    if (!id.matches("[0-9]{6}[0-9A-Z]{8}")) {
      return -1;
    }
    long number = Long.parseLong(id.substring(6), RADIX);
    return number <= Integer.MAX_VALUE && orderId((int) number).equals(id) ? number : -1;
  }

  @Override
  public String product(ProductState product) {
    JsonText json =
        JsonText.object(JsonText.Style.COMPACT)
            .put("item_id", itemId(product.number()))
            .put("category_id", product.categoryId())
            .put("item_name", product.name())
            .put("item_sku", product.models() == 0 ? product.sku() : "")
            .put("create_time", product.created())
            .put("update_time", product.updated());
    if (product.models() == 0) {
      price(json, product.price(), product.currentPrice());
    }
    stock(json, product.stock())
        .put("weight", "0.25")
        .put("item_status", product.active() ? "NORMAL" : "UNLIST")
        .put("has_model", product.models() > 0)
        .put("condition", "NEW");
    if (product.brand() == null) {
      json.openObject("brand").put("brand_id", 0).put("original_brand_name", "NoBrand");
    } else {
      json.openObject("brand")
          .put("brand_id", 1_000 + Math.floorMod(product.brand().hashCode(), 9_000))
          .put("original_brand_name", product.brand());
    }
    json.closeObject();
    if (product.number() % 17 == 0) {
      json.putNull("item_dangerous").openObject("tax_info").put("ncm", "").closeObject();
    }
    return json.end();
  }

  @Override
  public String productPart(String part, ProductState product) {
    return switch (part) {
      case EXTRA ->
          JsonText.object(JsonText.Style.COMPACT)
              .put("item_id", itemId(product.number()))
              .put("sale", product.reviews() * 3L)
              .put("views", product.reviews() * 50L)
              .put("likes", product.reviews())
              .digits("rating_star", stars(product.rating()))
              .put("comment_count", product.reviews())
              .end();
      case MODELS -> models(product);
      default -> PlatformRendering.super.productPart(part, product);
    };
  }

  private static String models(ProductState product) {
    JsonText json =
        JsonText.object(JsonText.Style.COMPACT)
            .openArray("tier_variation")
            .openObject()
            .put("name", "Phân loại")
            .openArray("option_list");
    for (int model = 1; model <= product.models(); model++) {
      json.openObject().put("option", "Loại " + model).closeObject();
    }
    json.closeArray().closeObject().closeArray().openArray("model");
    for (int model = 1; model <= product.models(); model++) {
      long more = (model - 1) * 10_000L;
      json.openObject()
          .put("model_id", modelId(product.number(), model))
          .put("model_sku", product.sku() + "-" + model)
          .put("model_status", "MODEL_NORMAL");
      price(json, product.price() + more, product.currentPrice() + more);
      stock(json, product.stock() / product.models()).closeObject();
    }
    return json.closeArray().end();
  }

  @Override
  public String order(OrderState order) {
    return order(order, OPTIONAL);
  }

  @Override
  public String orderPart(String part, OrderState order) {
    return order(order, new TreeSet<>(Set.of(part.split(","))));
  }

  /** The order with those of the optional fields that were asked for. */
  String order(OrderState order, Set<String> asked) {
    JsonText json =
        JsonText.object(JsonText.Style.COMPACT)
            .put("order_sn", orderId(order.number()))
            .put("region", "VN")
            .put("currency", "VND")
            .put("cod", order.payment().equals("COD"));
    if (asked.contains("total_amount")) {
      json.put("total_amount", order.total());
    }
    json.put("order_status", status(order.stage()))
        .put("message_to_seller", order.number() % 9 == 0 ? "giao giờ hành chính" : "")
        .put("create_time", order.created())
        .put("update_time", order.updated())
        .put("days_to_ship", 2);
    ShopeeOrderFields.write(json, order, asked, this);
    return json.end();
  }

  static String status(OrderStage stage) {
    return switch (stage) {
      case NEW -> "READY_TO_SHIP";
      case CONFIRMED -> "PROCESSED";
      case SHIPPED -> "SHIPPED";
      case DELIVERED -> "TO_CONFIRM_RECEIVE";
      case COMPLETED -> "COMPLETED";
      case CANCELLED -> "CANCELLED";
      case RETURNED -> "TO_RETURN";
    };
  }

  static long modelId(int product, int model) {
    return model == 0 ? 0 : 70_000_000_000L + product * 10L + model;
  }

  private static void price(JsonText json, long original, long current) {
    json.openArray("price_info")
        .openObject()
        .put("currency", "VND")
        .put("original_price", original)
        .put("current_price", current)
        .closeObject()
        .closeArray();
  }

  private static JsonText stock(JsonText json, int stock) {
    return json.openObject("stock_info_v2")
        .openObject("summary_info")
        .put("total_reserved_stock", 0)
        .put("total_available_stock", stock)
        .closeObject()
        .closeObject();
  }

  private static String stars(int hundredths) {
    return hundredths == 0 ? "0" : String.format(Locale.ROOT, "%.2f", hundredths / 100.0);
  }

  static long itemId(int number) {
    return FIRST_ITEM + number * ITEM_STEP;
  }
}
