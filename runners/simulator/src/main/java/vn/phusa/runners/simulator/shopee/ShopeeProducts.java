package vn.phusa.runners.simulator.shopee;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.list.ListPage;
import vn.phusa.runners.simulator.list.ListQuery;
import vn.phusa.runners.simulator.state.Categories;
import vn.phusa.runners.simulator.state.Kind;
import vn.phusa.runners.simulator.state.ProductState;

/** Shopee's items: the list gives ids alone. */
final class ShopeeProducts {
  private static final int MAX_PAGE = 100;
  private static final int MAX_AT_ONCE = 50;
  private static final Set<String> STATUSES =
      Set.of("NORMAL", "BANNED", "UNLIST", "REVIEWING", "SELLER_DELETE", "SHOPEE_DELETE");

  private final ContractSetting setting;
  private final ShopeeRendering rendering;

  ShopeeProducts(ContractSetting setting, ShopeeRendering rendering) {
    this.setting = setting;
    this.rendering = rendering;
  }

  String list(ApiRequest request) {
    long offset =
        request.number("offset", -1, () -> ShopeeContract.bad("Invalid offset", "offset"));
    if (offset < 0) {
      throw ShopeeContract.bad("Invalid offset", "offset is not given");
    }
    if (offset > setting.limits().shopeeOffsetLimit()) {
      throw new Refusal(
          200,
          "error_param",
          "get items offset over limit, please use the next field",
          "offset over " + setting.limits().shopeeOffsetLimit());
    }
    ListPage page =
        setting.listing().page(query(request), (int) offset, pageSize(request), request.fault());
    String items = page.rows().stream().map(this::row).collect(Collectors.joining(","));
    String next = page.more() ? ",\"next_offset\":" + page.next() : ",\"next\":\"\"";
    return "{\"item\":["
        + items
        + "],\"total_count\":"
        + page.total()
        + ",\"has_next_page\":"
        + page.more()
        + next
        + "}";
  }

  private String row(int row) {
    ProductState product = setting.state().productRow(row);
    return JsonText.object(JsonText.Style.COMPACT)
        .put("item_id", ShopeeRendering.itemId(product.number()))
        .put("item_status", product.active() ? "NORMAL" : "UNLIST")
        .put("update_time", product.updated())
        .end();
  }

  static int pageSize(ApiRequest request) {
    long size = request.number("page_size", -1, () -> badPageSize());
    if (size < 1 || size > MAX_PAGE) {
      throw badPageSize();
    }
    return (int) size;
  }

  private static Refusal badPageSize() {
    return ShopeeContract.bad(
        "Invalid page_size, page_size must larger than 0 and cannot exceed " + MAX_PAGE,
        "page_size");
  }

  private ListQuery query(ApiRequest request) {
    Set<String> statuses =
        new TreeSet<>(request.parameters().getOrDefault("item_status", List.of()));
    if (statuses.isEmpty() || !STATUSES.containsAll(statuses)) {
      throw ShopeeContract.bad("Invalid item_status", "item_status is missing or unknown");
    }
    long from = seconds(request, "update_time_from", Long.MIN_VALUE);
    long to = seconds(request, "update_time_to", Long.MAX_VALUE);
    if (from > to) {
      throw ShopeeContract.bad("Invalid update_time", "update_time_from after update_time_to");
    }
    return ListQuery.all(Kind.PRODUCT)
        .times(true, from, to)
        .where(
            String.join("+", statuses),
            number -> statuses.contains(setting.state().active(number) ? "NORMAL" : "UNLIST"));
  }

  static long seconds(ApiRequest request, String name, long absent) {
    return request.number(name, absent, () -> ShopeeContract.bad("Invalid " + name, name));
  }

  String baseInfo(ApiRequest request) {
    return "{\"item_list\":["
        + many(request, number -> rendering.product(setting.state().product(number)))
        + "]}";
  }

  String extraInfo(ApiRequest request) {
    return "{\"item_list\":["
        + many(
            request,
            number -> rendering.productPart(ShopeeRendering.EXTRA, setting.state().product(number)))
        + "]}";
  }

  private String many(ApiRequest request, Function<Integer, String> render) {
    String[] ids =
        request
            .parameter("item_id_list")
            .orElseThrow(() -> ShopeeContract.bad("Invalid item_id_list", "no item_id_list"))
            .split(",", -1);
    if (ids.length > MAX_AT_ONCE) {
      throw ShopeeContract.bad(
          "item_id_list size exceeds the limit", "more than " + MAX_AT_ONCE + " item ids");
    }
    return Arrays.stream(ids)
        .map(id -> setting.state().existing(Kind.PRODUCT, rendering.productNumber(id)))
        .filter(OptionalInt::isPresent)
        .map(number -> render.apply(number.getAsInt()))
        .collect(Collectors.joining(","));
  }

  String models(ApiRequest request) {
    String id = request.parameter("item_id").orElse("");
    OptionalInt number = setting.state().existing(Kind.PRODUCT, rendering.productNumber(id));
    if (number.isEmpty()) {
      throw new Refusal(200, "error_item_not_found", "Product not found", "no such item");
    }
    return rendering.productPart(
        ShopeeRendering.MODELS, setting.state().product(number.getAsInt()));
  }

  String categories() {
    return Categories.all().entrySet().stream()
        .map(ShopeeProducts::category)
        .collect(Collectors.joining(",", "{\"category_list\":[", "]}"));
  }

  private static String category(Map.Entry<String, Integer> category) {
    return JsonText.object(JsonText.Style.COMPACT)
        .put("category_id", category.getValue())
        .put("parent_category_id", 0)
        .put("original_category_name", category.getKey())
        .put("display_category_name", category.getKey())
        .put("has_children", false)
        .end();
  }
}
