package vn.phusa.transforms.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.phusa.transforms.mapping.StagedDocs.columns;
import static vn.phusa.transforms.mapping.StagedDocs.map;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;

/** Each platform's records, in the shapes that its documentation shows. */
class MarketplaceMappingsTest {

  @Test
  void aLazadaProductCostsWhatItsCheapestActiveSkuCosts() throws Exception {
    SourceRecord product =
        only(
            map(
                "lazada",
                "products",
                "1",
                """
                {"item_id":1,"primary_category":8707,"status":"Active","updated_time":"1653463851000",
                 "attributes":{"name":"Tai\\tnghe","brand":"Sony"},"unknown":{"x":[1]},
                 "skus":[{"SkuId":2,"Status":"active","quantity":20,"price":102000.0,"special_price":0.0},
                         {"SkuId":3,"Status":"active","quantity":"5","price":"99,000.00","special_price":98000.50},
                         {"SkuId":4,"Status":"inactive","quantity":7,"price":1.0,"special_price":0.0}]}
                """,
                Map.of()));

    assertThat(columns(product))
        .containsEntry("product_id", "lazada:1")
        .containsEntry("name", "Tai\tnghe")
        .containsEntry("brand", "Sony")
        .containsEntry("category", "Phones")
        .containsEntry("price_vnd", "98000.50")
        .containsEntry("stock", "25")
        .doesNotContainKey("rating");
    assertThat(product.getSource()).isEqualTo("lazada");
    assertThat(product.value("platform")).isEqualTo("Lazada");
    assertThat(product.value("last_modified")).isEqualTo("2025-02-19T21:20:00Z");
    assertThat(product.getPosition()).isEqualTo("raw_products/lazada:any:1@2025-02-19T21:20:00Z");
  }

  @Test
  void lazadasOrdersHaveTheirLinesInTheItemsCall() throws Exception {
    String order =
        """
        {"order_id":16090,"order_number":16090,"created_at":"2018-02-10 16:00:00 +0800","price":"99,000.00",
         "payment_method":"COD","statuses":["pending"],"items_count":2,"customer_first_name":"Tr***",
         "address_shipping":{"phone":"84*****12","city":"Hà Nội"}}
        """;
    String items =
        """
        {"order_id":16090,"order_number":16090,"order_items":[
          {"order_item_id":7,"product_id":1,"item_price":"99,000.00","paid_price":90000,"voucher_amount":9000,
           "currency":"VND","status":"shipped","tax_amount":0.00,"shipping_amount":15000.0},
          {"order_item_id":8,"product_id":null,"item_price":50000,"status":null}]}
        """;

    List<SourceRecord> lines = map("lazada", "orders", "16090", order, Map.of("items", items));

    assertThat(lines)
        .extracting(l -> l.value("order_id"))
        .containsExactly("lazada:16090:7", "lazada:16090:8");
    assertThat(columns(lines.get(0)))
        .containsEntry("order_number", "lazada:16090")
        .containsEntry("product_id", "lazada:1")
        .containsEntry("customer_id", null)
        .containsEntry("unit_price_vnd", "99000.00")
        .containsEntry("total_amount_vnd", "90000")
        .containsEntry("discount_amount_vnd", "9000")
        .containsEntry("shipping_cost_vnd", "15000.0")
        .containsEntry("quantity", "1")
        .containsEntry("payment_method", "COD")
        .containsEntry("status", "shipped")
        .containsEntry("order_date", "2018-02-10T08:00:00Z");
    assertThat(columns(lines.get(1)))
        .containsEntry("total_amount_vnd", "50000")
        .containsEntry("status", "pending")
        .containsEntry("product_id", null);
    assertThat(lines).extracting(SourceRecord::getPosition).doesNotHaveDuplicates();
    assertThat(map("lazada", "orders", "16090", order, Map.of())).as("items not staged").isEmpty();
    assertThat(map("lazada", "buyers", "16090", order, Map.of("items", items)))
        .as("a masked name, and no buyer's id")
        .isEmpty();
  }

  @Test
  void aShopeeItemWithModelsHasTheirPriceOnceTheyAreStaged() throws Exception {
    String item =
        """
        {"item_id":34002,"category_id":14646,"item_name":"x","update_time":1600572640,"has_model":true,
         "stock_info_v2":{"summary_info":{"total_available_stock":7}},"brand":{"original_brand_name":"B"},
         "item_status":"NORMAL","weight":"0.25"}
        """;
    String models =
        """
        {"model":[{"model_id":1,"price_info":[{"currency":"VND","original_price":120000,"current_price":99000}]},
                  {"model_id":2,"price_info":[{"currency":"VND","original_price":80000,"current_price":0}]}]}
        """;

    assertThat(columns(only(map("shopee", "products", "34002", item, Map.of()))))
        .containsEntry("stock", "7")
        .containsEntry("category", "Laptops")
        .as("absent, not null")
        .doesNotContainKey("price_vnd");
    assertThat(columns(only(map("shopee", "products", "34002", item, Map.of("models", models)))))
        .containsEntry("price_vnd", "80000")
        .containsEntry("product_id", "shopee:34002");
    assertThat(
            columns(
                only(
                    map(
                        "shopee",
                        "products",
                        "1",
                        """
                        {"item_id":1,"has_model":false,"price_info":[{"currency":"VND","original_price":5,"current_price":4}]}
                        """,
                        Map.of()))))
        .containsEntry("price_vnd", "4");
    assertThat(
            columns(
                only(
                    map(
                        "shopee",
                        "product_extras",
                        "1",
                        "{\"item_id\":1,\"rating_star\":4.857,\"comment_count\":12}",
                        Map.of()))))
        .isEqualTo(Map.of("product_id", "shopee:1", "rating", "4.857", "review_count", "12"));
    assertThat(
            only(map(
                    "shopee",
                    "products",
                    "1",
                    "{\"item_id\":1,\"item_status\":\"SELLER_DELETE\"}",
                    Map.of()))
                .getOperation())
        .isEqualTo(Operation.DELETE);
  }

  @Test
  void aShopeeOrderTellsTheSameModelTwice() throws Exception {
    String order =
        """
        {"order_sn":"2402AB","currency":"VND","cod":false,"order_status":"COMPLETED","create_time":1740000000,
         "payment_method":"Cash on Delivery","buyer_user_id":99,
         "recipient_address":{"name":"Nguyễn Văn A","phone":"0912345678","city":"Quận 1","state":"TP. Hồ Chí Minh"},
         "item_list":[
           {"item_id":1,"model_id":0,"model_quantity_purchased":3,"model_original_price":100000,"model_discounted_price":90000},
           {"item_id":1,"model_id":0,"model_quantity_purchased":1,"model_original_price":100000,"model_discounted_price":0},
           {"item_id":1,"model_id":5,"model_quantity_purchased":1,"model_original_price":70000}]}
        """;

    List<SourceRecord> lines = map("shopee", "orders", "2402AB", order, Map.of());

    assertThat(lines)
        .extracting(l -> l.value("order_id"))
        .containsExactly("shopee:2402AB:1-0", "shopee:2402AB:1-0#2", "shopee:2402AB:1-5");
    assertThat(columns(lines.get(0)))
        .containsEntry("unit_price_vnd", "100000")
        .containsEntry("discount_amount_vnd", "30000")
        .containsEntry("total_amount_vnd", "270000")
        .containsEntry("customer_id", "shopee:99")
        .containsEntry("city", "TP. Hồ Chí Minh")
        .containsEntry("payment_method", "cod")
        .containsEntry("order_date", "2025-02-19T21:20:00Z");
    assertThat(columns(lines.get(1))).containsEntry("total_amount_vnd", "100000");
    assertThat(columns(only(map("shopee", "buyers", "2402AB", order, Map.of()))))
        .isEqualTo(
            Map.of("customer_id", "shopee:99", "full_name", "Nguyễn Văn A", "phone", "0912345678"));
    String masked = order.replace("0912345678", "****12").replace("Nguyễn Văn A", "N****A");
    assertThat(map("shopee", "buyers", "2402AB", masked, Map.of())).isEmpty();
    String halfMasked = order.replace("0912345678", "****12");
    assertThat(columns(only(map("shopee", "buyers", "2402AB", halfMasked, Map.of()))))
        .doesNotContainKey("phone");
  }

  @Test
  void tikisProductsAndOrders() throws Exception {
    assertThat(
            columns(
                only(
                    map(
                        "tiki",
                        "products",
                        "5",
                        """
                        {"id":5,"sku":"T5","name":"N","active":"1","price":150000,"attributes":{"brand":{"value":"B"}},
                         "categories":[{"id":8,"name":"Sách"}],"inventory":{"quantity_sellable":4}}
                        """,
                        Map.of()))))
        .isEqualTo(
            Map.of(
                "product_id",
                "tiki:5",
                "name",
                "N",
                "brand",
                "B",
                "category",
                "Sách",
                "price_vnd",
                "150000",
                "stock",
                "4"));

    String order =
        """
        {"id":1,"code":"900","status":"complete","created_at":"2025-03-01 08:30:00","customer":{"id":42,"full_name":"Lê Thị B"},
         "shipping":{"address":{"region":"Hồ Chí Minh","phone":""}},"payment":{"method":"momo"},
         "items":[{"id":11,"product":{"id":5,"sku":"T5"},"price":150000,"qty":2,
                   "invoice":{"price":150000,"quantity":2,"row_total":300000,"discount_amount":20000}}]}
        """;
    assertThat(columns(only(map("tiki", "orders", "900", order, Map.of()))))
        .containsEntry("order_id", "tiki:900:11")
        .containsEntry("customer_id", "tiki:42")
        .containsEntry("product_id", "tiki:5")
        .containsEntry("quantity", "2")
        .containsEntry("subtotal_vnd", "300000")
        .containsEntry("discount_amount_vnd", "20000")
        .containsEntry("total_amount_vnd", "280000")
        .containsEntry("payment_method", "momo")
        .containsEntry("order_date", "2025-03-01 08:30:00");
    assertThat(columns(only(map("tiki", "buyers", "900", order, Map.of()))))
        .as("what is not told is absent")
        .isEqualTo(Map.of("customer_id", "tiki:42", "full_name", "Lê Thị B"));
  }

  @Test
  void sendosCodesBecomeWords() throws Exception {
    assertThat(
            columns(
                only(
                    map(
                        "sendo",
                        "products",
                        "3",
                        """
                        {"id":3,"name":"N","price":0,"special_price":0,"final_price_min":null,"stock_quantity":2,"status":2,
                         "category_name":"Áo","brand_name":null,"variants":[{"variant_price":70000},{"variant_price":65000}]}
                        """,
                        Map.of()))))
        .containsEntry("price_vnd", "65000")
        .containsEntry("brand", null)
        .containsEntry("category", "Áo");
    List<SourceRecord> lines =
        map(
            "sendo",
            "orders",
            "S1",
            """
            {"sales_order":{"order_number":"S1","order_status":8,"payment_method":1,"order_date_time_stamp":1740000000,
              "buyer_region":"Đà Nẵng","receiver_name":"X"},
             "sku_details":[{"product_variant_id":"31","quantity":2,"price":65000,"sub_total":130000}]}
            """,
            Map.of());
    assertThat(columns(only(lines)))
        .containsEntry("order_id", "sendo:S1:31")
        .containsEntry("status", "completed")
        .containsEntry("payment_method", "cod")
        .containsEntry("total_amount_vnd", "130000")
        .containsEntry("order_date", "2025-02-19T21:20:00Z")
        .doesNotContainKey("customer_id");
  }

  private static SourceRecord only(List<SourceRecord> records) {
    assertThat(records).hasSize(1);
    return records.get(0);
  }
}
