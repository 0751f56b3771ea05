package vn.phusa.runners.simulator.sendo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.auth.PagingTokens;
import vn.phusa.runners.simulator.core.ContractSetting;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.http.ApiRequest;
import vn.phusa.runners.simulator.http.Refusal;
import vn.phusa.runners.simulator.list.ListPage;
import vn.phusa.runners.simulator.list.ListQuery;
import vn.phusa.runners.simulator.state.Categories;
import vn.phusa.runners.simulator.state.Kind;

/** Sendo's searches by paging token, and single products and orders. */
final class SendoLists {
  private static final int USUAL = 10;
  private static final int MAX_PAGE = 50;
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final long STATUS_DAYS = 3;
  private static final long USUAL_DAYS = 7;

  private final ContractSetting setting;
  private final SendoRendering rendering;
  private final PagingTokens tokens;

  SendoLists(ContractSetting setting, SendoRendering rendering) {
    this.setting = setting;
    this.rendering = rendering;
    this.tokens = new PagingTokens(setting.mint(), setting.limits().pagingTokenLife());
  }

  String products(ApiRequest request) {
    JsonNode body = body(request);
    String filter =
        "product "
            + text(body, "date_from")
            + " "
            + text(body, "date_to")
            + " "
            + status(body, "status");
    return page(
        request, body, filter, row -> rendering.productRow(setting.state().productRow(row)));
  }

  String orders(ApiRequest request) {
    JsonNode body = body(request);
    String filter =
        "order "
            + String.join(
                " ",
                text(body, "order_date_from"),
                text(body, "order_date_to"),
                text(body, "order_status_date_from"),
                text(body, "order_status_date_to"),
                status(body, "order_status"));
    return page(request, body, filter, row -> rendering.order(setting.state().order(row)));
  }

  /** A page; with a paging token the filters of the first request hold, whatever is asked now. */
  private String page(ApiRequest request, JsonNode body, String asked, IntFunction<String> render) {
    int size = body.path("page_size").asInt(USUAL);
    if (size < 1 || size > MAX_PAGE || body.path("page_size").isTextual()) {
      throw bad("page_size is not between 1 and " + MAX_PAGE);
    }
    String token = body.path("token").isTextual() ? body.path("token").asText() : "";
    String filter = asked;
    int offset = 0;
    if (!token.isEmpty()) {
      Optional<String[]> parts = tokens.parts(token);
      String kind = asked.substring(0, asked.indexOf(' '));
      if (parts.isEmpty() || !parts.orElseThrow()[2].startsWith(kind + " ")) {
        throw bad("the paging token expired or is unknown");
      }
      offset = Integer.parseInt(parts.orElseThrow()[1]);
      filter = parts.orElseThrow()[2];
    }
    ListPage page = setting.listing().page(query(filter), offset, size, request.fault());
    String rows =
        page.rows().stream().map(row -> render.apply(row)).collect(Collectors.joining(","));
    String next = page.more() ? "\"" + tokens.write(page.next(), filter) + "\"" : "null";
    String previous =
        offset == 0 ? "null" : "\"" + tokens.write(Math.max(0, offset - size), filter) + "\"";
    return "{\"data\":["
        + rows
        + "],\"next_token\":"
        + next
        + ",\"previous_token\":"
        + previous
        + ",\"total_records\":"
        + page.total()
        + "}";
  }

  private ListQuery query(String filter) {
    String[] parts = filter.split(" ", -1);
    return parts[0].equals("product") ? productQuery(parts) : orderQuery(parts);
  }

  private ListQuery productQuery(String[] parts) {
    ListQuery query = ListQuery.all(Kind.PRODUCT);
    long from = day(parts[1], false, Long.MIN_VALUE);
    long to = lastSecond(parts[2], false);
    query = query.times(true, from, to);
    return parts[3].isEmpty()
        ? query
        : query.where(
            parts[3], number -> (setting.state().active(number) ? "2" : "4").equals(parts[3]));
  }

  private ListQuery orderQuery(String[] parts) {
    boolean ordered = !parts[1].isEmpty() || !parts[2].isEmpty();
    boolean changed = !parts[3].isEmpty() || !parts[4].isEmpty();
    long today = day(LocalTimes.day(setting.state().now()).toString(), false, 0);
    long from =
        ordered
            ? day(parts[1], true, Long.MIN_VALUE)
            : changed ? Long.MIN_VALUE : today - USUAL_DAYS * DAY;
    long to = lastSecond(parts[2], true);
    ListQuery query = ListQuery.all(Kind.ORDER).times(false, from, to);
    if (changed) {
      long first = day(parts[3], true, Long.MIN_VALUE);
      long last = lastSecond(parts[4], true);
      if (parts[3].isEmpty() || parts[4].isEmpty() || last - first >= STATUS_DAYS * DAY) {
        throw bad("the range of order_status_date is open, or more than 3 days");
      }
      ListQuery byOrder = query;
      query =
          ListQuery.all(Kind.ORDER)
              .times(true, first, last)
              .where(
                  from + "-" + to,
                  number -> {
                    long created = setting.state().orderCreated(number);
                    return created >= byOrder.from() && created <= byOrder.to();
                  });
    }
    return parts[5].isEmpty()
        ? query
        : query.where(
            parts[5],
            number ->
                Integer.toString(SendoRendering.status(setting.state().stage(number)))
                    .equals(parts[5]));
  }

  String product(ApiRequest request) {
    String id = request.parameter("id").orElse("");
    int number =
        setting
            .state()
            .existing(Kind.PRODUCT, rendering.productNumber(id))
            .orElseThrow(() -> SendoContract.refusal(404, "Product not found", "no such product"));
    return rendering.product(setting.state().product(number));
  }

  String order(String id) {
    int number =
        setting
            .state()
            .existing(Kind.ORDER, rendering.orderNumber(id))
            .orElseThrow(() -> SendoContract.refusal(404, "Order not found", "no such order"));
    return rendering.order(setting.state().order(number));
  }

  static String categories() {
    return Categories.all().entrySet().stream()
        .map(
            category ->
                JsonText.object(JsonText.Style.ESCAPED)
                    .put("id", category.getValue())
                    .put("name", category.getKey())
                    .put("level", 1)
                    .end())
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static JsonNode body(ApiRequest request) {
    if (!request.contentType().orElse("").startsWith("application/json")) {
      throw SendoContract.refusal(415, "Unsupported media type", "content type");
    }
    return request.json(() -> bad("no JSON object"));
  }

  private static String text(JsonNode body, String name) {
    String value = body.path(name).isTextual() ? body.path(name).asText() : "";
    if (value.contains(" ")) {
      throw bad(name + " is no date");
    }
    return value;
  }

  private static String status(JsonNode body, String name) {
    return body.path(name).isIntegralNumber() ? body.path(name).asText() : "";
  }

  private static long day(String text, boolean slashes, long absent) {
    return text.isEmpty()
        ? absent
        : LocalTimes.parseDay(text, slashes)
            .orElseThrow(() -> bad("a date is not as it should be"));
  }

  private static long lastSecond(String text, boolean slashes) {
    return text.isEmpty() ? Long.MAX_VALUE : day(text, slashes, 0) + DAY - 1;
  }

  private static Refusal bad(String reason) {
    return SendoContract.refusal(400, "Bad request", reason);
  }
}
