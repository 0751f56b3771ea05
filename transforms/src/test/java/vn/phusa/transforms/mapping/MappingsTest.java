package vn.phusa.transforms.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.phusa.transforms.mapping.StagedDocs.columns;
import static vn.phusa.transforms.mapping.StagedDocs.kind;
import static vn.phusa.transforms.mapping.StagedDocs.map;
import static vn.phusa.transforms.mapping.StagedDocs.yaml;

import java.util.Map;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingsTest {
  private static final String FIFTH =
      """
      platform: MuaHang
      words: {status: {done: completed}}
      loads:
        products:
          collection: raw_products
          into: products
          record: '{"product_id": .ma, "name": .ten, "price_vnd": times(decimal(.nghin), 1000)}'
        orders:
          collection: raw_orders
          into: orders
          record: |
            [for (.dong) {"line": .so, "status": word($words.status, .tt), "total_amount_vnd": .tien}]
      """;

  @Test
  void aFifthMarketplaceNeedsNoJava() throws Exception {
    Mappings mappings = Mappings.builtIn().with("muahang", yaml(FIFTH));

    StagedKind products = SerializableUtils.clone(kind(mappings, "muahang", "products"));
    assertThat(
            columns(
                map(products, "9", "{\"ma\":9,\"ten\":\"T\",\"nghin\":\"1,250.5\"}", Map.of())
                    .get(0)))
        .isEqualTo(Map.of("product_id", "muahang:9", "name", "T", "price_vnd", "1250500.0"));
    assertThat(
            columns(
                map(
                        kind(mappings, "muahang", "orders"),
                        "O",
                        "{\"dong\":[{\"so\":1,\"tt\":\"DONE\",\"tien\":5}]}",
                        Map.of())
                    .get(0)))
        .containsEntry("order_id", "muahang:O:1")
        .containsEntry("status", "completed");
    assertThat(mappings.names()).contains("tiki", "muahang");
    assertThat(Mappings.builtIn().names()).doesNotContain("muahang");
  }

  @Test
  void aBuiltInMappingIsChangedKeyByKey() throws Exception {
    Mappings mappings =
        Mappings.builtIn()
            .with(
                "tiki",
                yaml("loads: {products: {record: '{\"product_id\": .sku}'}, buyers: null}"));
    assertThat(
            columns(
                map(kind(mappings, "tiki", "products"), "5", "{\"sku\":\"S\"}", Map.of()).get(0)))
        .isEqualTo(Map.of("product_id", "tiki:S"));
    assertThat(mappings.customers()).noneMatch(kind -> kind.platform().equals("tiki"));
    assertThat(mappings.orders()).anyMatch(kind -> kind.platform().equals("tiki"));
  }

  @Test
  void aFeedOfSomebodyElseNamesItselfAsTheSource() {
    Mappings mappings =
        Mappings.builtIn()
            .withFeed(
                "shopx",
                yaml(
                    "{platform: ShopX, loads: {products: {collection: raw_products, into: products,"
                        + " record: '{}'}}}"));
    assertThat(kind(mappings, "shopx", "products").source()).isEqualTo("feed:shopx");
    assertThat(kind(mappings, "tiki", "products").source()).isEqualTo("tiki");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          loads: {products: {record: '{"a": '}}         | mapping of tiki: "loads.products.record" at line
          loads: {products: {record: 'nothing(1)'}}     | mapping of tiki: "loads.products.record" at line
          loads: {products: {into: nowhere}}            | mapping of tiki: "loads.products.into" is none of
          loads: {products: {recrod: '1'}}              | mapping of tiki: unknown key "loads.products.recrod"
          loads: {products: {sides: {words: raw_x}}}    | mapping of tiki: "loads.products.sides.words"
          loads: {products: {collection: '$where'}}     | mapping of tiki: "loads.products.collection"
          platform: null                                | mapping of tiki: "platform" is missing
          loads: 7                                      | mapping of tiki: "loads" has a value
          [1]                                           | mapping of tiki: not a mapping of keys
          """)
  void whatIsWrongIsReportedInOneLine(String patch, String message) {
    assertThatThrownBy(() -> Mappings.builtIn().with("tiki", yaml(patch)))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n");
  }
}
