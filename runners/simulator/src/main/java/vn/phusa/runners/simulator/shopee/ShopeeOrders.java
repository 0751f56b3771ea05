package vn.phusa.runners.simulator.shopee;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.auth.PagingTokens;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.list.ListPage;
import vn.phusa.runners.simulator.list.ListQuery;
import vn.phusa.runners.simulator.state.Kind;

/** Shopee's orders: the list gives ids alone, the detail what is asked for. */
final class ShopeeOrders {
  private static final long MAX_SPAN_SECONDS = Duration.ofDays(15).toSeconds();
  private static final int MAX_AT_ONCE = 50;
  private static final Set<String> STATUSES =
      Set.of(
          "UNPAID",
          "READY_TO_SHIP",
          "PROCESSED",
          "RETRY_SHIP",
          "SHIPPED",
          "TO_CONFIRM_RECEIVE",
          "COMPLETED",
          "IN_CANCEL",
          "CANCELLED",
          "TO_RETURN",
          "INVOICE_PENDING",
          "PENDING");

  private final ContractSetting setting;
  private final ShopeeRendering rendering;
  private final PagingTokens cursors;

  ShopeeOrders(ContractSetting setting, ShopeeRendering rendering) {
    this.setting = setting;
    this.rendering = rendering;
    this.cursors = new PagingTokens(setting.mint(), setting.limits().pagingTokenLife());
  }

  String list(ApiRequest request) {
    ListQuery query = query(request);
    int size = ShopeeProducts.pageSize(request);
    int offset =
        request
            .parameter("cursor")
            .map(
                cursor ->
                    cursors
                        .read(cursor, query.key())
                        .orElseThrow(
                            () ->
                                ShopeeContract.bad(
                                    "Invalid cursor",
                                    "cursor expired, unknown or of another list")))
            .orElse(0);
    ListPage page = setting.listing().page(query, offset, size, request.fault());
    boolean status =
        request.parameter("response_optional_fields").orElse("").contains("order_status");
    String orders =
        page.rows().stream().map(row -> row(row, status)).collect(Collectors.joining(","));
    return "{\"more\":"
        + page.more()
        + ",\"next_cursor\":\""
        + (page.more() ? cursors.write(page.next(), query.key()) : "")
        + "\",\"order_list\":["
        + orders
        + "]}";
  }

  private String row(int number, boolean status) {
    JsonText json =
        JsonText.object(JsonText.Style.COMPACT).put("order_sn", rendering.orderId(number));
    if (status) {
      json.put("order_status", ShopeeRendering.status(setting.state().stage(number)));
    }
    return json.end();
  }

  private ListQuery query(ApiRequest request) {
    String field = request.parameter("time_range_field").orElse("");
    if (!Set.of("create_time", "update_time").contains(field)) {
      throw ShopeeContract.bad("Invalid time_range_field", "time_range_field");
    }
    long from = ShopeeProducts.seconds(request, "time_from", -1);
    long to = ShopeeProducts.seconds(request, "time_to", -1);
    if (from < 0 || to < 0 || to < from || to - from > MAX_SPAN_SECONDS) {
      throw new Refusal(
          200,
          "order.order_list_invalid_time",
          "Start time must be earlier than end time and diff in 15days.",
          "time_from and time_to are missing, reversed or more than 15 days apart");
    }
    ListQuery query = ListQuery.all(Kind.ORDER).times(field.equals("update_time"), from, to);
    if (request.parameter("order_status").isEmpty()) {
      return query;
    }
    String status = request.parameter("order_status").orElseThrow();
    if (!STATUSES.contains(status)) {
      throw ShopeeContract.bad("Invalid order_status", "order_status");
    }
    return query.where(
        status, number -> ShopeeRendering.status(setting.state().stage(number)).equals(status));
  }

  String details(ApiRequest request) {
    String[] ids =
        request
            .parameter("order_sn_list")
            .orElseThrow(() -> ShopeeContract.bad("Invalid order_sn_list", "no order_sn_list"))
            .split(",", -1);
    if (ids.length > MAX_AT_ONCE) {
      throw ShopeeContract.bad(
          "order_sn_list size exceeds the limit", "more than " + MAX_AT_ONCE + " orders");
    }
    Set<String> fields =
        new TreeSet<>(
            Arrays.asList(request.parameter("response_optional_fields").orElse("").split(",", -1)));
    String orders =
        Arrays.stream(ids)
            .map(id -> setting.state().existing(Kind.ORDER, rendering.orderNumber(id)))
            .filter(OptionalInt::isPresent)
            .map(number -> rendering.order(setting.state().order(number.getAsInt()), fields))
            .collect(Collectors.joining(","));
    return "{\"order_list\":[" + orders + "]}";
  }
}
