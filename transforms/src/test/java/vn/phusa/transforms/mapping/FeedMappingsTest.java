package vn.phusa.transforms.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.phusa.transforms.mapping.StagedDocs.columns;
import static vn.phusa.transforms.mapping.StagedDocs.map;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.transforms.model.SourceRecord;

/** The rows of product feeds. */
class FeedMappingsTest {

  @Test
  void aRowOfAFeedIsTextThroughout() throws Exception {
    SourceRecord row =
        only(
            map(
                "fptshop",
                "products",
                "ip15",
                """
                {"id":"ip15","name":"iPhone 15","price":"22,990,000","category":"mobile_phones","brand":"Apple",
                 "stock":"3","rating":"0","reviews":"0"}
                """,
                Map.of()));
    assertThat(row.getSource()).isEqualTo("feed:fptshop");
    assertThat(row.value("platform")).isEqualTo("FPTShop");
    assertThat(columns(row))
        .containsEntry("product_id", "fptshop:ip15")
        .containsEntry("price_vnd", "22990000")
        .containsEntry("rating", "0");
  }

  /** Which of its columns is the id, a feed's description says: two rows must not become one. */
  @ParameterizedTest
  @ValueSource(strings = {"fptshop", "cellphones"})
  void aRowOfAFeedIsTheProductThatItWasStagedAs(String feed) throws Exception {
    SourceRecord row =
        only(
            map(
                feed,
                "products",
                "A-1",
                "{\"id\":\"1\",\"product_id\":\"2\",\"sku\":\"A-1\",\"name\":\"N\"}",
                Map.of()));
    assertThat(columns(row)).containsEntry("product_id", feed + ":A-1");
  }

  @Test
  void theTwoFeedsDifferInTheirNamesOnly() throws Exception {
    String payload = "{\"name\":\"N\",\"special_price\":\"5\",\"price\":\"7\",\"quantity\":\"3\"}";
    SourceRecord cellphones = only(map("cellphones", "products", "1", payload, Map.of()));
    assertThat(cellphones.getSource()).isEqualTo("feed:cellphones");
    assertThat(cellphones.value("platform")).isEqualTo("CellphoneS");
    assertThat(columns(cellphones))
        .containsEntry("product_id", "cellphones:1")
        .containsEntry("price_vnd", "5")
        .containsEntry("stock", "3");
    SourceRecord fptshop = only(map("fptshop", "products", "1", payload, Map.of()));
    assertThat(fptshop.getColumns()).isEqualTo(cellphones.getColumns());
  }

  private static SourceRecord only(List<SourceRecord> records) {
    assertThat(records).hasSize(1);
    return records.get(0);
  }
}
