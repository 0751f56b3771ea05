package vn.phusa.runners.simulator.tiki;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.list.ListPage;
import vn.phusa.runners.simulator.list.ListQuery;
import vn.phusa.runners.simulator.state.Kind;
import vn.phusa.runners.simulator.state.ProductState;

/** Tiki's products and orders, page by page. */
final class TikiLists {
  private static final int USUAL = 20;
  private static final int MAX_PAGE = 100;
  private static final Set<String> ORDERINGS =
      Set.of("created_at|asc", "created_at|desc", "updated_at|asc", "updated_at|desc");

  private final ContractSetting setting;
  private final TikiRendering rendering;

  TikiLists(ContractSetting setting, TikiRendering rendering) {
    this.setting = setting;
    this.rendering = rendering;
  }

  String products(ApiRequest request) {
    ListQuery query = times(ListQuery.all(Kind.PRODUCT), request);
    if (request.parameter("active").isPresent()) {
      boolean active = request.parameter("active").orElseThrow().equals("1");
      query = query.where("active " + active, number -> setting.state().active(number) == active);
    }
    return page(query, request, row -> render(setting.state().productRow(row), request));
  }

  String orders(ApiRequest request) {
    ListQuery query = times(ListQuery.all(Kind.ORDER), request);
    String status = request.parameter("status").orElse("all");
    if (!status.equals("all")) {
      query =
          query.where(
              status, number -> TikiRendering.status(setting.state().stage(number)).equals(status));
    }
    return page(query, request, row -> rendering.order(setting.state().order(row)));
  }

  String product(String id, ApiRequest request) {
    int number =
        setting
            .state()
            .existing(Kind.PRODUCT, rendering.productNumber(id))
            .orElseThrow(() -> TikiContract.refusal(404, "Product not found", "no such product"));
    return render(setting.state().product(number), request);
  }

  String order(String code) {
    int number =
        setting
            .state()
            .existing(Kind.ORDER, rendering.orderNumber(code))
            .orElseThrow(() -> TikiContract.refusal(404, "Order not found", "no such order"));
    return rendering.order(setting.state().order(number));
  }

  private String render(ProductState product, ApiRequest request) {
    return request.parameter("include").orElse("").contains("inventory")
        ? rendering.productPart("inventory", product)
        : rendering.product(product);
  }

  /** The categories are few and do not change while they are read. */
  String categories(ApiRequest request) {
    List<String> all = rendering.categories();
    int number = number(request);
    int limit = limit(request);
    int from = Math.min(all.size(), (number - 1) * limit);
    int to = Math.min(all.size(), from + limit);
    return envelope(all.subList(from, to), all.size(), number, limit);
  }

  private String page(ListQuery query, ApiRequest request, IntFunction<String> render) {
    int number = number(request);
    int limit = limit(request);
    int offset = (number - 1) * limit;
    ListPage page = setting.listing().page(ordered(query, request), offset, limit, request.fault());
    List<String> rows = page.rows().stream().map(row -> render.apply(row)).toList();
    return envelope(rows, page.total(), number, limit);
  }

  private static int number(ApiRequest request) {
    return bounded(request, "page", 1, Integer.MAX_VALUE / MAX_PAGE);
  }

  private static int limit(ApiRequest request) {
    return bounded(request, "limit", USUAL, MAX_PAGE);
  }

  private static String envelope(List<String> rows, int total, int number, int limit) {
    int offset = (number - 1) * limit;
    int last = Math.max(1, (total + limit - 1) / limit);
    String paging =
        JsonText.object(JsonText.Style.SPACED)
            .put("total", total)
            .put("per_page", limit)
            .put("current_page", number)
            .put("last_page", last)
            .put("from", rows.isEmpty() ? 0 : offset + 1)
            .put("to", rows.isEmpty() ? 0 : offset + rows.size())
            .end();
    return "{ \"data\" : [" + String.join(", ", rows) + "], \"paging\" : " + paging + " }";
  }

  private static int bounded(ApiRequest request, String name, int usual, int most) {
    long value = request.number(name, usual, () -> bad(name));
    if (value < 1 || value > most) {
      throw bad(name);
    }
    return (int) value;
  }

  private ListQuery times(ListQuery query, ApiRequest request) {
    long after = time(request, "created_from_date", Long.MIN_VALUE);
    long before = time(request, "created_to_date", Long.MAX_VALUE);
    long from = time(request, "updated_from_date", Long.MIN_VALUE);
    long to = time(request, "updated_to_date", Long.MAX_VALUE);
    ListQuery changed = query.times(true, from, to);
    if (after == Long.MIN_VALUE && before == Long.MAX_VALUE) {
      return changed;
    }
    return changed.where(
        after + "-" + before,
        number -> {
          long created = setting.state().created(query.kind(), number);
          return created >= after && created <= before;
        });
  }

  private static long time(ApiRequest request, String name, long absent) {
    return request
        .parameter(name)
        .map(text -> LocalTimes.parsePlain(text).orElseThrow(() -> bad(name)))
        .orElse(absent);
  }

  private static ListQuery ordered(ListQuery query, ApiRequest request) {
    String by = request.parameter("order_by").orElse("created_at|desc");
    if (!ORDERINGS.contains(by)) {
      throw bad("order_by");
    }
    return query.ordered(
        switch (by) {
          case "created_at|asc" -> ListQuery.Order.NUMBER;
          case "updated_at|asc" -> ListQuery.Order.UPDATED;
          case "updated_at|desc" -> ListQuery.Order.UPDATED_DOWN;
          default -> ListQuery.Order.NUMBER_DOWN;
        });
  }

  private static Refusal bad(String name) {
    return TikiContract.refusal(400, name + " is invalid", name);
  }
}
