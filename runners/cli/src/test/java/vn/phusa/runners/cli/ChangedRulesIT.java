package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/**
 * What was loaded follows the rules that hold now, and nothing puts other rules into force unsaid.
 */
@WithEmbeddedServices
class ChangedRulesIT {
  private static final String NUMBERS = "SELECT number, is_default FROM etl_rules ORDER BY number";

  private static final String MEMBERS =
      "SELECT customer_id, effective_date::text, city, region, phone, customer_segment_vietnam,"
          + " is_current::text FROM dim_customer UNION ALL SELECT product_id, effective_date::text,"
          + " category, vietnam_category, price_vnd::text, platform, is_current::text"
          + " FROM dim_product ORDER BY 1, 2";

  @TempDir Path home;

  private ShopAndWarehouse databases;

  @BeforeEach
  void create(EmbeddedPostgres postgres) throws Exception {
    databases = ShopAndWarehouse.in(postgres, "rules");
    databases.createShopTables();
  }

  @AfterEach
  void drop() throws Exception {
    databases.close();
  }

  @Test
  void migratingWithoutRulesKeepsThoseInForce() throws Exception {
    String own = rules("commissions: {platforms: {Tiki: [{rate: 0.09}]}}");
    assertThat(databases.onWarehouse("migrate", own).code()).isZero();
    Ended again = databases.onWarehouse("migrate");
    assertThat(again.code()).as(again.all()).isZero();
    assertThat(again.all()).contains("the rules in force stay, number 1 of etl_rules");
    assertThat(databases.warehouseRows(commissionOfTiki())).containsExactly(List.of("0.09000"));
    assertThat(databases.warehouseRows(NUMBERS)).containsExactly(List.of("1", "f"));

    String built = rules("");
    assertThat(databases.onWarehouse("migrate", built).all()).doesNotContain("stay");
    assertThat(databases.warehouseRows(commissionOfTiki())).containsExactly(List.of("0.08000"));
    assertThat(databases.warehouseRows(NUMBERS))
        .containsExactly(List.of("1", "f"), List.of("2", "t"));
  }

  @Test
  void aLoadByOtherRulesSaysSoOnce() throws Exception {
    assertThat(databases.onWarehouse("migrate").all()).doesNotContain("stay");
    String own = rules("exchangeRate: [{rate: 25000}]");
    assertThat(databases.load("load-facts").all()).doesNotContain("the rules are others");
    assertThat(databases.load("load-facts", own).all())
        .contains("the rules are others than those of")
        .contains("(number 1 of etl_rules)");
    assertThat(databases.load("load-facts", own).all()).doesNotContain("the rules are others");
    assertThat(databases.warehouseRows(NUMBERS))
        .containsExactly(List.of("1", "t"), List.of("2", "f"));
  }

  @Test
  void replayingWithoutRulesKeepsThoseInForce() throws Exception {
    databases.executeInShop(
        "INSERT INTO orders (order_id, quantity, total_amount_usd, order_date, last_modified)"
            + " VALUES ('O1', 1, 10, '2001-01-01', now() - interval '1 day')");
    String own = rules("exchangeRate: [{rate: 25000}]");
    assertThat(databases.onWarehouse("migrate", own).code()).isZero();
    assertThat(databases.load("load-facts", own).code()).isZero();
    Ended replayed = databases.onWarehouse("replay");
    assertThat(replayed.code()).as(replayed.all()).isZero();
    assertThat(databases.warehouseRows("SELECT reason, attempts FROM dead_letter"))
        .containsExactly(List.of("out_of_calendar", "2"));
    assertThat(databases.warehouseRows(NUMBERS)).containsExactly(List.of("1", "f"));
  }

  @Test
  void aThousandOrdersFollowEachSetOfRules() throws Exception {
    databases.executeInShop(
        "INSERT INTO orders (order_id, platform, city, quantity, total_amount_usd, payment_method,"
            + " status, order_date, last_modified) SELECT 'O' || g, 'CHOTOT', 'xứ nẫu', 1, 10,"
            + " 'momo', 'paid', '2025-03-01', now() - interval '1 day'"
            + " FROM generate_series(1, 1000) g");
    assertThat(databases.onWarehouse("migrate").code()).isZero();
    assertThat(databases.load("load-facts").code()).isZero();
    assertThat(placesOfOrders()).containsExactly(List.of("CHOTOT", "Xứ Nẫu", "1000"));

    String platforms = "platforms: [Lazada, Shopee, Tiki, Sendo, FPTShop, CellphoneS, ChoTot]";
    String second = rules(platforms + "\ncities: {aliases: {xứ nẫu: Binh Dinh}}");
    assertThat(databases.load("load-facts", "--fromBeginning", second).code()).isZero();
    assertThat(placesOfOrders()).containsExactly(List.of("ChoTot", "Binh Dinh", "1000"));

    assertThat(databases.onWarehouse("rederive", rules("")).code()).isZero();
    assertThat(placesOfOrders()).containsExactly(List.of("CHOTOT", "Xứ Nẫu", "1000"));
    assertThat(databases.onWarehouse("rederive", second).all())
        .contains("the rules are others than those of");
    assertThat(placesOfOrders()).containsExactly(List.of("ChoTot", "Binh Dinh", "1000"));
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM fact_sales JOIN dim_platform USING (platform_key)"
                    + " JOIN dim_geography USING (geography_key)"
                    + " WHERE dim_platform.platform = 'ChoTot' AND province = 'Binh Dinh'"))
        .isEqualTo(1_000);
    String written = "SELECT max(xmin::text::bigint) FROM fact_sales";
    List<List<String>> before = databases.warehouseRows(written);
    assertThat(databases.onWarehouse("rederive").code()).isZero();
    assertThat(databases.warehouseRows(written)).isEqualTo(before);

    String third = rules(platforms + "\ncities: {aliases: {xứ nẫu: Phu Yen}}");
    assertThat(databases.load("load-facts", "--fromBeginning", third).code()).isZero();
    assertThat(placesOfOrders()).containsExactly(List.of("ChoTot", "Phu Yen", "1000"));
    assertThat(databases.warehouseRows("SELECT DISTINCT said->>'platform' FROM fact_sales"))
        .containsExactly(List.of("CHOTOT"));
  }

  @Test
  void customersAndProductsFollowWithTheKeysOfTheirFacts() throws Exception {
    loadThreeStates();
    List<List<String>> byDefaults = databases.warehouseRows(MEMBERS);
    assertThat(databases.countInWarehouse("SELECT count(*) FROM dim_customer")).isEqualTo(751);
    assertThat(keysNotAsOf()).isZero();

    String second =
        rules(
            "platforms: [Lazada, Shopee, Tiki, Sendo, FPTShop, CellphoneS, ChoTot]\n"
                + "cities: {aliases: {xứ nẫu: Binh Dinh, đất võ: Binh Dinh}}\n"
                + "categories: {gia dung: Nhà bếp}\nexchangeRate: [{rate: 25000}]");
    assertThat(databases.onWarehouse("rederive", second).code()).isZero();
    assertMembersFollowed();
    List<List<String>> bySecond = databases.warehouseRows(MEMBERS);

    // Back and forth, by loads of all and by derivation: as if the rules had always held.
    assertThat(databases.load("load-dimensions", "--fromBeginning").all())
        .contains("the rules are others than those of");
    assertThat(databases.onWarehouse("rederive").code()).isZero();
    assertThat(databases.warehouseRows(MEMBERS)).isEqualTo(byDefaults);
    assertThat(keysNotAsOf()).isZero();
    assertThat(databases.onWarehouse("rederive", second).code()).isZero();
    assertThat(databases.warehouseRows(MEMBERS)).isEqualTo(bySecond);
    String written = "SELECT max(xmin::text::bigint) FROM dim_customer";
    List<List<String>> before = databases.warehouseRows(written);
    assertThat(databases.onWarehouse("rederive").code()).isZero();
    assertThat(databases.warehouseRows(written)).isEqualTo(before);
  }

  /** Of customers three, of products two, and facts of each of their times. */
  private void loadThreeStates() throws Exception {
    databases.executeInShop(
        "INSERT INTO customers (customer_id, full_name, city, phone, monthly_spending_usd,"
            + " last_modified) SELECT 'C' || g, 'nguyễn văn an', 'xứ nẫu', '0912 345 678', 490,"
            + " '2025-01-01' FROM generate_series(1, 300) g");
    databases.executeInShop(
        "INSERT INTO products (product_id, name, category, platform, price_usd, last_modified)"
            + " SELECT 'P' || g, 'Nồi', 'gia dung', 'CHOTOT', 10, '2025-01-01'"
            + " FROM generate_series(1, 300) g");
    databases.executeInShop(
        "INSERT INTO orders (order_id, customer_id, product_id, platform, city, quantity,"
            + " total_amount_usd, order_date, last_modified) SELECT 'O' || g || '-' || month,"
            + " 'C' || g, 'P' || g, 'CHOTOT', 'xứ nẫu', 1, 10, make_date(2025, month, 5),"
            + " '2025-06-01' FROM generate_series(1, 300) g, generate_series(1, 5, 2) month");
    assertThat(databases.onWarehouse("migrate").code()).isZero();
    loadAll();
    databases.executeInShop("UPDATE customers SET city = 'đất võ', last_modified = '2025-02-01'");
    databases.executeInShop(
        "UPDATE products SET category = 'Nhà bếp', last_modified = '2025-02-01'");
    loadAll("--fromBeginning");
    databases.executeInShop(
        "UPDATE customers SET city = 'sài gòn', last_modified = '2025-04-01'"
            + " WHERE substr(customer_id, 2)::int % 2 = 0");
    loadAll("--fromBeginning");
  }

  /** Two names of one city are one version, as are two names of one category. */
  private void assertMembersFollowed() throws Exception {
    assertThat(
            databases.warehouseRows(
                "SELECT city, region, customer_segment_vietnam, full_name, phone, count(*),"
                    + " count(*) FILTER (WHERE is_current) FROM dim_customer"
                    + " WHERE customer_id <> '-1' GROUP BY 1, 2, 3, 4, 5 ORDER BY 1"))
        .containsExactly(
            List.of(
                "Binh Dinh", "Central", "Premium", "Nguyễn Văn An", "+84912345678", "300", "150"),
            List.of(
                "Ho Chi Minh City",
                "South",
                "Premium",
                "Nguyễn Văn An",
                "+84912345678",
                "150",
                "150"));
    assertThat(
            databases.warehouseRows(
                "SELECT platform, vietnam_category, price_usd, price_vnd, count(*)"
                    + " FROM dim_product WHERE product_id <> '-1' GROUP BY 1, 2, 3, 4 ORDER BY 2"))
        .containsExactly(List.of("ChoTot", "Nhà bếp", "10.0000", "250000", "600"));
    assertThat(keysNotAsOf()).isZero();
  }

  private void loadAll(String... more) throws Exception {
    assertThat(databases.load("load-dimensions", more).code()).isZero();
    assertThat(databases.load("load-facts", more).code()).isZero();
  }

  /** Facts whose customer is not the version of their time, or the first. */
  private long keysNotAsOf() throws Exception {
    return databases.countInWarehouse(
        "SELECT count(*) FROM fact_sales f WHERE customer_key IS DISTINCT FROM"
            + " (SELECT customer_key FROM dim_customer d WHERE d.customer_id = f.customer_id"
            + " ORDER BY effective_date <= order_timestamp DESC,"
            + " CASE WHEN effective_date <= order_timestamp THEN effective_date END DESC,"
            + " effective_date LIMIT 1)");
  }

  private List<List<String>> placesOfOrders() throws Exception {
    return databases.warehouseRows(
        "SELECT platform, city, count(*) FROM fact_sales GROUP BY 1, 2 ORDER BY 1, 2");
  }

  private static String commissionOfTiki() {
    return "SELECT commission_rate FROM dim_platform WHERE platform = 'Tiki'";
  }

  private String rules(String yaml) throws Exception {
    return "--rules=" + Files.writeString(Files.createTempFile(home, "rules", ".yaml"), yaml);
  }
}
