package vn.phusa.runners.simulator.lazada;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.list.ListPage;
import vn.phusa.runners.simulator.list.ListQuery;
import vn.phusa.runners.simulator.state.Categories;
import vn.phusa.runners.simulator.state.Kind;

/** Lazada's products and categories. */
final class LazadaProducts {
  private static final int MAX_PAGE = 50;
  private static final int USUAL = 20;
  static final int OFFSET_LIMIT = 10_000;
  private static final Set<String> FILTERS =
      Set.of(
          "all", "live", "inactive", "deleted", "image-missing", "pending", "rejected", "sold-out");

  private final ContractSetting setting;
  private final LazadaRendering rendering;

  LazadaProducts(ContractSetting setting, LazadaRendering rendering) {
    this.setting = setting;
    this.rendering = rendering;
  }

  String list(ApiRequest request) {
    long offset = request.number("offset", 0, LazadaProducts::badOffset);
    if (offset < 0 || offset > OFFSET_LIMIT) {
      throw badOffset();
    }
    long limit = request.number("limit", USUAL, LazadaProducts::badLimit);
    if (limit < 1 || limit > MAX_PAGE) {
      throw badLimit();
    }
    ListPage page =
        setting.listing().page(query(request), (int) offset, (int) limit, request.fault());
    String rows =
        page.rows().stream()
            .map(row -> rendering.product(setting.state().productRow(row)))
            .collect(Collectors.joining(","));
    return page.rows().isEmpty()
        ? "{\"total_products\":" + page.total() + "}"
        : "{\"total_products\":" + page.total() + ",\"products\":[" + rows + "]}";
  }

  private ListQuery query(ApiRequest request) {
    long from = LazadaTimes.of(request, "update_after", Long.MIN_VALUE);
    long to = LazadaTimes.of(request, "update_before", Long.MAX_VALUE);
    ListQuery query = ListQuery.all(Kind.PRODUCT).times(true, from, to);
    long after = LazadaTimes.of(request, "create_after", Long.MIN_VALUE);
    long before = LazadaTimes.of(request, "create_before", Long.MAX_VALUE);
    if (after != Long.MIN_VALUE || before != Long.MAX_VALUE) {
      query =
          query.where(
              after + "-" + before,
              number -> {
                long created = setting.state().created(Kind.PRODUCT, number);
                return created >= after && created <= before;
              });
    }
    String filter = request.parameter("filter").orElse("all");
    if (!FILTERS.contains(filter)) {
      throw LazadaContract.isp("36", "E036: Invalid status filter", "filter");
    }
    return switch (filter) {
      case "all" -> query;
      case "live" -> query.where("live", setting.state()::active);
      case "inactive" -> query.where("inactive", number -> !setting.state().active(number));
      case "sold-out" ->
          query.where("sold-out", number -> setting.state().product(number).stock() == 0);
      default -> query.where("none", number -> false);
    };
  }

  String one(ApiRequest request) {
    String id = request.parameter("item_id").orElse("");
    OptionalInt number = setting.state().existing(Kind.PRODUCT, rendering.productNumber(id));
    if (number.isEmpty()) {
      throw LazadaContract.isp("208", "E208: Get product item failed", "no such item_id");
    }
    return rendering.product(setting.state().product(number.getAsInt()));
  }

  /** The category tree as an array. */
  String categories() {
    return Categories.all().entrySet().stream()
        .map(LazadaProducts::category)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String category(Map.Entry<String, Integer> category) {
    return JsonText.object(JsonText.Style.COMPACT)
        .put("category_id", category.getValue() + 1_000_000L)
        .put("name", "Ngành " + category.getKey())
        .put("var", false)
        .put("leaf", false)
        .openArray("children")
        .openObject()
        .put("category_id", category.getValue())
        .put("name", category.getKey())
        .put("var", true)
        .put("leaf", true)
        .closeObject()
        .closeArray()
        .end();
  }

  private static Refusal badOffset() {
    return LazadaContract.isp(
        "14", "E014: Invalid Offset", "offset is not between 0 and " + OFFSET_LIMIT);
  }

  private static Refusal badLimit() {
    return LazadaContract.isp(
        "19", "E019: Invalid Limit", "limit is not between 1 and " + MAX_PAGE);
  }
}
