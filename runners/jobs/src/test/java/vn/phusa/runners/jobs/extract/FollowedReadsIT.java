package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.ExtractMarketplaces;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.runners.embedded.process.Deadline;

/** Lists that lead to further calls, tokens that expire, and extraction again and again. */
class FollowedReadsIT extends ScriptedPlatformTest {
  private Extractor extractor(String yaml) throws Exception {
    return platform.extractor(yaml, Clock.systemUTC());
  }

  @Test
  void lazadasOrdersAndTheirItemsWithATokenThatExpires() throws Exception {
    int[] tokens = {0};
    platform.answer(
        "/auth/token/refresh",
        q -> {
          assertThat(q.get("refresh_token")).isEqualTo(tokens[0] == 0 ? "123" : "r" + tokens[0]);
          tokens[0]++;
          return "{\"code\":\"0\",\"access_token\":\"a%d\",\"refresh_token\":\"r%d\",\"expires_in\":600}"
              .formatted(tokens[0], tokens[0]);
        });
    platform.answer(
        "/rest/orders/get",
        q ->
            q.get("access_token").equals("a1")
                ? "{\"code\":\"IllegalAccessToken\",\"type\":\"ISV\"}"
                : "{\"code\":\"0\",\"data\":{\"countTotal\":2,\"orders\":["
                    + "{\"order_id\":1,\"updated_at\":\"2024-01-01 10:00:00 +0700\"},"
                    + "{\"order_id\":2,\"updated_at\":\"2024-01-02 10:00:00 +0700\"}]}}");
    platform.answer(
        "/rest/orders/items/get",
        q ->
            "{\"code\":\"0\",\"data\":["
                + ScriptedPlatform.joined(
                    q.get("order_ids"), id -> "{\"order_id\":" + id + ",\"order_items\":[]}")
                + "]}");
    Extractor extractor =
        extractor(
            "marketplaces: {lazada: {baseUrl: URL/rest, tokenUrl: URL, limit: {requests: 50, per: PT1S},"
                + " retries: {first: PT0.01S}, auth: {credentials: {appKey: '1', appSecret: KEY,"
                + " refreshToken: KEY}}}}");
    platform.begin(extractor, "lazada", "orders");
    Extractor.Outcome outcome = extractor.extract("lazada", "orders");
    assertThat(outcome.message()).isEmpty();
    assertThat(platform.staged(Staging.ORDERS, "lazada").keySet()).containsExactly("1", "2");
    assertThat(platform.staged("raw_order_items", "lazada"))
        .containsEntry("2", "{\"order_id\":2,\"order_items\":[]}")
        .hasSize(2);
    assertThat(tokens[0]).isEqualTo(2);
  }

  @Test
  void shopeesListGivesIdsAndDetailsGiveRecords() throws Exception {
    platform.answer(
        "/api/v2/auth/access_token/get",
        q -> {
          assertThat(q.get("body")).contains("\"shop_id\":9").contains("\"refresh_token\":\"123\"");
          return "{\"error\":\"\",\"access_token\":\"a\",\"refresh_token\":\"r\",\"expire_in\":14400}";
        });
    platform.answer(
        "/api/v2/product/get_item_list",
        q ->
            "{\"error\":\"\",\"response\":{\"item\":[{\"item_id\":%s,\"update_time\":7}],\"total_count\":2,%s}}"
                .formatted(
                    q.get("offset").equals("0") ? 1 : 2,
                    q.get("offset").equals("0")
                        ? "\"has_next_page\":true,\"next_offset\":1"
                        : "\"has_next_page\":false"));
    platform.answer(
        "/api/v2/product/get_item_base_info",
        q ->
            "{\"error\":\"\",\"response\":{\"item_list\":["
                + ScriptedPlatform.joined(
                    q.get("item_id_list"),
                    id ->
                        "{\"item_id\":%s,\"update_time\":1600572640,\"has_model\":%s}"
                            .formatted(id, id.equals("2")))
                + "]}}");
    platform.answer(
        "/api/v2/product/get_item_extra_info",
        q ->
            "{\"error\":\"\",\"response\":{\"item_list\":["
                + ScriptedPlatform.joined(
                    q.get("item_id_list"), id -> "{\"item_id\":" + id + ",\"likes\":1}")
                + "]}}");
    platform.answer(
        "/api/v2/product/get_model_list",
        q -> "{\"error\":\"\",\"response\":{\"model\":[{\"of\":" + q.get("item_id") + "}]}}");
    Extractor extractor =
        extractor(
            "marketplaces: {shopee: {baseUrl: URL/api/v2, limit: {requests: 0}, auth: {credentials:"
                + " {partnerId: '8', partnerKey: KEY, shopId: '9', refreshToken: KEY}}}}");
    platform.begin(extractor, "shopee", "products");
    assertThat(extractor.extract("shopee", "products").message()).isEmpty();
    assertThat(platform.staged(Staging.PRODUCTS, "shopee"))
        .containsEntry("2", "{\"item_id\":2,\"update_time\":1600572640,\"has_model\":true}")
        .hasSize(2);
    assertThat(platform.staged("raw_product_extras", "shopee")).hasSize(2);
    assertThat(platform.staged("raw_product_models", "shopee"))
        .containsExactly(Map.entry("2", "{\"model\":[{\"of\":2}]}"));
  }

  @Test
  void aStreamExtractsAgainAndAgain() throws Exception {
    int[] served = {1};
    platform.answer(
        "/all",
        q -> {
          StringBuilder rows = new StringBuilder("{\"rows\":[");
          for (int i = 0; i < served[0]; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append('}');
          }
          return rows.append("]}").toString();
        });
    Extractor extractor =
        extractor(
            ("marketplaces: {%s: {platform: S, baseUrl: URL, refreshEvery: PT0.5S, auth: {kind:"
                    + " apiKeyHeader, header: X-Key, credentials: {key: KEY}}, extract: {products:"
                    + " {kind: product, list: {request: {path: /all}, answer: {records: /rows},"
                    + " record: {id: /id}}}}}}")
                .formatted(name));
    platform.begin(extractor, name, "products");
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setBlockOnRun(false);
    Pipeline pipeline = Pipeline.create(options);
    ExtractMarketplaces.streaming(pipeline, extractor, List.of(name));
    PipelineResult result = pipeline.run();
    try {
      awaitStaged(1);
      served[0] = 2;
      awaitStaged(2);

      // As if the warehouse were away: it is no reason for all platforms to end.
      platform.sql("ALTER TABLE etl_count RENAME TO etl_count_away");
      int asked = platform.asked.size();
      await().until(() -> platform.asked.size() >= asked + 3);
      platform.sql("ALTER TABLE etl_count_away RENAME TO etl_count");
      served[0] = 3;
      awaitStaged(3);
      assertThat(result.getState()).isEqualTo(PipelineResult.State.RUNNING);
    } finally {
      result.cancel();
    }
  }

  private void awaitStaged(int count) {
    await()
        .atMost(Deadline.scaled(Duration.ofMinutes(2)))
        .until(() -> platform.staged(Staging.PRODUCTS, name).size() >= count);
  }
}
