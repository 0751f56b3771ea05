package vn.phusa.runners.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RowCounts;

class StagedLoadIT extends StagedWarehouseTest {
  private static final Instant UPDATED = Instant.parse("2025-03-01T01:00:00Z");
  private static final Instant EXTRACTED = Instant.parse("2025-03-01T02:00:00Z");
  private static final String THEIR_OWN =
      "orderAuthorities: {platforms: {Tiki: tiki, Lazada: lazada, Shopee: shopee, Sendo: sendo}}";

  private static final String TIKI_ORDER =
      """
      {"code":"900","status":"complete","created_at":"2025-03-01 08:30:00","customer":{"id":42,"full_name":"lê thị b"},
       "shipping":{"address":{"region":"Hồ Chí Minh"}},"payment":{"method":"momo"},
       "items":[{"id":11,"product":{"id":5},"price":150001,"qty":2,
                 "invoice":{"row_total":300002,"discount_amount":20001}},
                {"id":12,"product":{"id":6},"price":7,"qty":1,"invoice":{"row_total":7}}]}
      """;

  @Test
  void dongAreNotMultipliedAgain() throws Exception {
    warehouse.withRules(THEIR_OWN);
    stageTiki();

    Map<String, RowCounts> counts = warehouse.loadStaged();

    assertThat(
            warehouse.query(
                "SELECT order_id, order_number, source, platform, customer_id, product_id, quantity,"
                    + " unit_price_vnd, unit_price_usd, total_amount_vnd, total_amount_usd,"
                    + " vat_amount_vnd, platform_commission, city, payment_method_local, status,"
                    + " order_timestamp, time_key FROM fact_sales ORDER BY order_id"))
        .containsExactly(
            // 150001 / 24000 = 6.25004; VAT of 300002; 280001 * 0.08 / 24000 = 0.93333...
            "tiki:900:11|tiki:900|tiki|Tiki|tiki:42|tiki:5|2|150001|6.2500|280001|11.6667|30000"
                + "|0.9333|Ho Chi Minh City|E_Wallet_MoMo|complete|2025-03-01 01:30:00+00|20250301",
            "tiki:900:12|tiki:900|tiki|Tiki|tiki:42|tiki:6|1|7|0.0003|7|0.0003|1"
                + "|0.0000|Ho Chi Minh City|E_Wallet_MoMo|complete|2025-03-01 01:30:00+00|20250301");
    assertThat(
            warehouse.query(
                "SELECT customer_id, full_name, email FROM dim_customer WHERE customer_key <> -1"))
        .containsExactly("tiki:42|Lê Thị B|null");
    assertThat(
            warehouse.query(
                "SELECT product_id, name, price_vnd, price_usd, platform, effective_date"
                    + " FROM dim_product WHERE product_key <> -1 ORDER BY 1"))
        .containsExactly(
            "tiki:5|Tai nghe|150001|6.2500|Tiki|2025-03-01 01:00:00+00",
            "tiki:6|null|null|null|null|1900-01-01 00:00:00+00");
    assertThat(counts.get("load-facts/tiki/orders")).isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
    assertThat(counts.get("load-facts/tiki/order_lines"))
        .isEqualTo(new RowCounts(2, 2, 0, 0, 0, 0));
  }

  @Test
  void loadingAgainChangesNothing() throws Exception {
    warehouse.withRules(THEIR_OWN);
    stageTiki();
    warehouse.loadStaged();
    List<String> before = everything();

    Map<String, RowCounts> again = warehouse.loadStaged("--fromBeginning=true");
    assertThat(everything()).isEqualTo(before);
    assertThat(again.get("load-facts/tiki/order_lines")).isEqualTo(new RowCounts(2, 0, 0, 2, 0, 0));
    assertThat(again.get("load-dimensions/tiki/products").skipped()).isEqualTo(1);

    assertThat(warehouse.loadStaged().values())
        .as("nothing was extracted since")
        .allMatch(counts -> counts.read() == 0);
    assertThat(warehouse.loadStaged("--from=2025-03-01T02:00:00Z", "--to=2025-03-01T02:00:01Z"))
        .as("a period of extraction")
        .extractingByKey("load-facts/tiki/orders")
        .extracting(RowCounts::read)
        .isEqualTo(1L);
    assertThat(
            warehouse.loadStaged("--to=2025-03-01T02:00:00Z").get("load-facts/tiki/orders").read())
        .isZero();
  }

  @Test
  void anOrderOfWhichAnotherSourceIsTheAuthorityIsThereAndDoesNotCount() throws Exception {
    stageTiki();
    shopOrder();

    Map<String, RowCounts> shop = warehouse.loadShop();
    Map<String, RowCounts> staged = warehouse.loadStaged();

    assertThat(orders()).containsExactly("O1|oltp");
    assertThat(staged.get("load-facts/tiki/orders")).isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
    assertThat(staged.get("load-facts/tiki/order_lines"))
        .isEqualTo(new RowCounts(2, 2, 0, 0, 0, 0));
    assertThat(warehouse.query("SELECT order_id, is_counted FROM fact_sales ORDER BY 1"))
        .containsExactly("O1|t", "tiki:900:11|f", "tiki:900:12|f");
    assertThat(shop.get("load-facts/oltp/orders")).isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
    assertThat(warehouse.query("SELECT product_id FROM dim_product WHERE product_key <> -1"))
        .as("products and buyers load all the same, and one that a line names is inferred")
        .containsExactlyInAnyOrder("tiki:5", "tiki:6", "P1");
    assertThat(warehouse.query("SELECT count(*) FROM dim_customer WHERE customer_id = 'tiki:42'"))
        .containsExactly("1");
  }

  @Test
  void theOperationalDatabaseDoesNotCountWhereThePlatformIsTheAuthority() throws Exception {
    warehouse.withRules(THEIR_OWN);
    stageTiki();
    shopOrder();

    Map<String, RowCounts> shop = warehouse.loadShop();
    warehouse.loadStaged();

    assertThat(orders()).containsExactly("tiki:900:11|tiki", "tiki:900:12|tiki");
    assertThat(shop.get("load-facts/oltp/orders")).isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
  }

  @Test
  void anOrderWhoseItemsCameLaterIsLoadedThen() throws Exception {
    warehouse.withRules(THEIR_OWN);
    String order = "{\"order_id\":1,\"created_at\":\"2025-03-01 09:00:00 +0800\"}";
    warehouse.stage("lazada", "order", "1", UPDATED, EXTRACTED, order);
    warehouse.setNow(EXTRACTED.plusSeconds(600));

    assertThat(warehouse.loadStaged().get("load-facts/lazada/orders"))
        .as("no lines yet")
        .isEqualTo(new RowCounts(1, 0, 0, 1, 0, 0));

    warehouse.stage(
        "lazada",
        "order_items",
        "1",
        null,
        EXTRACTED.plusSeconds(1_000),
        "{\"order_items\":[{\"order_item_id\":7,\"item_price\":\"99,000.00\"}]}");
    warehouse.setNow(EXTRACTED.plusSeconds(2_000));

    assertThat(warehouse.loadStaged().get("load-facts/lazada/orders"))
        .isEqualTo(new RowCounts(1, 1, 0, 0, 0, 0));
    assertThat(warehouse.query("SELECT order_id, total_amount_vnd FROM fact_sales"))
        .containsExactly("lazada:1:7|99000");

    warehouse.stage("lazada", "order", "1", UPDATED, EXTRACTED.plusSeconds(3_000), order);
    warehouse.stage(
        "lazada",
        "order_items",
        "1",
        null,
        EXTRACTED.plusSeconds(3_000),
        "{\"order_items\":[{\"order_item_id\":7,\"item_price\":\"99,000.00\"}]}");
    warehouse.setNow(EXTRACTED.plusSeconds(4_000));
    assertThat(warehouse.loadStaged().get("load-facts/lazada/orders").read())
        .as("found by both, read once")
        .isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsADeadLetterWithThePlatformsPayload() throws Exception {
    warehouse.withRules(THEIR_OWN);
    int staged = stageWhatDoesNotFit();
    stageTiki();

    RowCounts counts = warehouse.loadStaged().get("load-dimensions/tiki/products");

    assertThat(counts.isConserved()).as("%s", counts).isTrue();
    assertThat(counts.read()).isEqualTo(staged + 1);
    assertThat(
            warehouse.query(
                "SELECT product_id FROM dim_product WHERE effective_date > '2000-01-01' ORDER BY 1"))
        .as("what is null or unrated or long is no fault")
        .containsExactly("tiki:5", "tiki:h14", "tiki:huge");
    assertThat(warehouse.query("SELECT reason, count(*) FROM dead_letter GROUP BY 1 ORDER BY 1"))
        .contains("lone_surrogate|1", "nul_character|1", "not_an_integer|1");
    assertThat(
            warehouse.query(
                "SELECT payload FROM dead_letter WHERE position LIKE 'raw_products/tiki:product:h0@%'"))
        .containsExactly("not JSON at all");
    assertThat(
            warehouse.query(
                "SELECT payload::jsonb ->> 'payload' FROM dead_letter WHERE position LIKE '%:h7@%'"))
        .as("rejected by a later step")
        .containsExactly("{\"price\":\"much\"}");
    assertThat(warehouse.query("SELECT error FROM dead_letter").toString())
        .doesNotContain("much")
        .doesNotContain("not JSON at all");
  }

  /** Returns how many. */
  private int stageWhatDoesNotFit() throws Exception {
    List<String> payloads =
        List.of(
            "not JSON at all",
            "",
            "[1,2,3]",
            "null",
            "\"text\"",
            "{\"name\":{\"a\":1}}",
            "{\"price\":1e400}",
            "{\"price\":\"much\"}",
            "{\"price\":-1e999999999}",
            "{\"name\":\"a\\u0000b\"}",
            "{\"name\":\"a\\ud800\"}",
            "{\"inventory\":{\"quantity_sellable\":1.5}}",
            "{\"rating_average\":true}",
            "[".repeat(10_000),
            "{\"price\":null,\"name\":null,\"attributes\":null,\"categories\":null,\"inventory\":null}");
    for (int i = 0; i < payloads.size(); i++) {
      warehouse.stage("tiki", "product", "h" + i, UPDATED, EXTRACTED, payloads.get(i));
    }
    warehouse.stage(
        "tiki",
        "product",
        "huge",
        UPDATED,
        EXTRACTED,
        "{\"name\":\"" + "ă".repeat(300_000) + "\"}");
    warehouse.stage(
        "tiki", "product", "future", EXTRACTED.plusSeconds(90_000), EXTRACTED, "{\"name\":\"x\"}");
    warehouse.stageDocument(
        "raw_products",
        new Document("_id", "tiki:product:odd")
            .append("platform", "tiki")
            .append("extracted_at", java.util.Date.from(EXTRACTED)));
    return payloads.size() + 3;
  }

  @Test
  void aLineThatANewerStateOfTheOrderNoLongerHasIsDeleted() throws Exception {
    warehouse.withRules(THEIR_OWN);
    stageTiki();
    shopOrder();
    warehouse.loadStaged();

    String oneLine = TIKI_ORDER.replaceAll("(?s),\\s*\\{\"id\":12.*?\\}\\}", "");
    Instant later = EXTRACTED.plusSeconds(100_000);
    warehouse.stage("tiki", "order", "900", later.minusSeconds(9), later, oneLine);
    warehouse.setNow(StagedWarehouse.NOW.plusSeconds(1));
    Map<String, RowCounts> counts = warehouse.loadStaged("--fromBeginning=true");

    assertThat(
            warehouse.query(
                "SELECT order_id, is_deleted, deleted_ordered_at FROM fact_sales ORDER BY 1"))
        .containsExactly("tiki:900:11|f|null", "tiki:900:12|t|2025-03-02 05:46:31+00");
    assertThat(counts.get("load-facts/tiki/order_lines"))
        .as("the line that moved its mark, and the delete")
        .isEqualTo(new RowCounts(2, 2, 0, 0, 0, 0));

    warehouse.stage("tiki", "order", "900", later, later, TIKI_ORDER);
    warehouse.loadStaged("--fromBeginning=true");
    assertThat(warehouse.query("SELECT order_id FROM fact_sales WHERE NOT is_deleted ORDER BY 1"))
        .as("and comes back")
        .containsExactly("tiki:900:11", "tiki:900:12");
  }

  private void stageTiki() {
    warehouse.stage(
        "tiki",
        "product",
        "5",
        UPDATED,
        EXTRACTED,
        "{\"id\":5,\"name\":\"Tai\\u200b\\tnghe \",\"price\":150001}");
    warehouse.stage("tiki", "order", "900", UPDATED, EXTRACTED, TIKI_ORDER);
  }

  private void shopOrder() throws Exception {
    warehouse.execute(
        "INSERT INTO products (product_id, name) VALUES ('P1', 'p');"
            + "INSERT INTO orders (order_id, platform, product_id, quantity, total_amount_usd,"
            + " order_date) VALUES ('O1', 'TIKI', 'P1', 1, 10, '2025-03-01')");
  }

  private List<String> orders() throws Exception {
    return warehouse.query("SELECT order_id, source FROM fact_sales WHERE is_counted ORDER BY 1");
  }

  private List<String> everything() throws Exception {
    List<String> all = new ArrayList<>();
    for (String table : List.of("fact_sales", "dim_product", "dim_customer", "scd_change")) {
      all.addAll(warehouse.query("SELECT t::text FROM " + table + " t ORDER BY 1"));
    }
    return all;
  }
}
