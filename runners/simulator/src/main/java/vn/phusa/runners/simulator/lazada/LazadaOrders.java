package vn.phusa.runners.simulator.lazada;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.list.ListPage;
import vn.phusa.runners.simulator.list.ListQuery;
import vn.phusa.runners.simulator.state.Kind;
import vn.phusa.runners.simulator.state.OrderState;

/** Lazada's orders and their items. */
final class LazadaOrders {
  private static final int MAX_PAGE = 100;
  private static final int MAX_AT_ONCE = 50;
  private static final Set<String> STATUSES =
      Set.of(
          "unpaid",
          "pending",
          "packed",
          "canceled",
          "ready_to_ship",
          "delivered",
          "returned",
          "shipped",
          "failed",
          "topack",
          "toship",
          "shipping",
          "lost");

  private final ContractSetting setting;
  private final LazadaRendering rendering;

  LazadaOrders(ContractSetting setting, LazadaRendering rendering) {
    this.setting = setting;
    this.rendering = rendering;
  }

  String list(ApiRequest request) {
    if (request.parameter("update_after").isEmpty()
        && request.parameter("created_after").isEmpty()) {
      throw LazadaContract.isp(
          "MissingParameter",
          "Either update_after or created_after is mandatory",
          "neither update_after nor created_after");
    }
    long offset = request.number("offset", 0, LazadaOrders::badOffset);
    if (offset < 0 || offset > Integer.MAX_VALUE) {
      throw badOffset();
    }
    long limit = request.number("limit", MAX_PAGE, LazadaOrders::badLimit);
    if (limit < 1 || limit > MAX_PAGE) {
      throw badLimit();
    }
    ListPage page =
        setting.listing().page(query(request), (int) offset, (int) limit, request.fault());
    String rows =
        page.rows().stream()
            .map(row -> rendering.order(setting.state().order(row)))
            .collect(Collectors.joining(","));
    return "{\"count\":"
        + page.rows().size()
        + ",\"countTotal\":"
        + page.total()
        + ",\"orders\":["
        + rows
        + "]}";
  }

  private ListQuery query(ApiRequest request) {
    long from = LazadaTimes.of(request, "update_after", Long.MIN_VALUE);
    long to = LazadaTimes.of(request, "update_before", Long.MAX_VALUE);
    long after = LazadaTimes.of(request, "created_after", Long.MIN_VALUE);
    long before = LazadaTimes.of(request, "created_before", Long.MAX_VALUE);
    ListQuery query =
        ListQuery.all(Kind.ORDER)
            .times(true, from, to)
            .where(
                after + "-" + before,
                number -> {
                  long created = setting.state().orderCreated(number);
                  return created >= after && created <= before;
                });
    if (request.parameter("status").isPresent()) {
      String status = request.parameter("status").orElseThrow();
      if (!STATUSES.contains(status)) {
        throw LazadaContract.isp("36", "E036: Invalid status filter", "status");
      }
      query =
          query.where(
              status,
              number -> LazadaRendering.status(setting.state().stage(number)).equals(status));
    }
    return query.ordered(order(request));
  }

  private static ListQuery.Order order(ApiRequest request) {
    String by = request.parameter("sort_by").orElse("created_at");
    if (!Set.of("created_at", "updated_at").contains(by)) {
      throw LazadaContract.isp("75", "E075: Invalid sort filter.", "sort_by");
    }
    String direction = request.parameter("sort_direction").orElse("DESC");
    if (!Set.of("ASC", "DESC").contains(direction)) {
      throw LazadaContract.isp("74", "E074: Invalid sort direction.", "sort_direction");
    }
    boolean up = direction.equals("ASC");
    if (by.equals("created_at")) {
      return up ? ListQuery.Order.NUMBER : ListQuery.Order.NUMBER_DOWN;
    }
    return up ? ListQuery.Order.UPDATED : ListQuery.Order.UPDATED_DOWN;
  }

  String one(ApiRequest request) {
    return rendering.order(setting.state().order(number(request.parameter("order_id").orElse(""))));
  }

  /** The items of one order: an array. */
  String items(ApiRequest request) {
    int number = number(request.parameter("order_id").orElse(""));
    return rendering.orderPart(LazadaRendering.ITEMS, setting.state().order(number));
  }

  /** The items of several orders: an array with an element for each order. */
  String itemsOfMany(ApiRequest request) {
    String ids = request.parameter("order_ids").orElse("");
    if (!ids.matches("\\[[0-9]+(, ?[0-9]+)*]")) {
      throw LazadaContract.isp("37", "E037: One or more order id are incorrect", "order_ids");
    }
    String[] single = ids.substring(1, ids.length() - 1).split(", ?", -1);
    if (single.length > MAX_AT_ONCE) {
      throw LazadaContract.isp(
          "38", "E038: Too many orders were requested", "more than " + MAX_AT_ONCE + " order_ids");
    }
    List<String> orders = new ArrayList<>();
    for (String id : single) {
      OrderState order = setting.state().order(number(id));
      orders.add(
          "{\"order_number\":"
              + id
              + ",\"order_id\":"
              + id
              + ",\"order_items\":"
              + rendering.orderPart(LazadaRendering.ITEMS, order)
              + "}");
    }
    return "[" + String.join(",", orders) + "]";
  }

  private int number(String id) {
    OptionalInt number = setting.state().existing(Kind.ORDER, rendering.orderNumber(id));
    return number.orElseThrow(
        () -> LazadaContract.isp("16", "E016: \"order\" Invalid Order ID", "no such order"));
  }

  private static Refusal badOffset() {
    return LazadaContract.isp("14", "E014: Invalid Offset", "offset");
  }

  private static Refusal badLimit() {
    return LazadaContract.isp(
        "19", "E019: Invalid Limit", "limit is not between 1 and " + MAX_PAGE);
  }
}
