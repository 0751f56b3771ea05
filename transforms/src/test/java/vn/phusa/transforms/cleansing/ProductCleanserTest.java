package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.Product;
import vn.phusa.transforms.rules.Rules;

class ProductCleanserTest {

  private final ProductCleanser cleanser = new ProductCleanser(Rules.defaults());

  private static Map<String, @Nullable String> product(@Nullable String... namesAndValues)
      throws RejectedException {
    return Shown.product(Records.row("product_id", namesAndValues), Rules.defaults());
  }

  private Product said(@Nullable String... namesAndValues) throws RejectedException {
    return cleanser.cleanse(Records.row("product_id", namesAndValues));
  }

  @Test
  @DisplayName(
      "name, category, brand: NFC, invisible characters removed, white space collapsed and"
          + " trimmed, empty is null")
  void texts() throws RejectedException {
    String nfd = Normalizer.normalize(" Điện \u200B\t thoại\uFEFF ", Normalizer.Form.NFD);
    Map<String, @Nullable String> product = product("name", nfd, "category", nfd, "brand", nfd);
    assertThat(product.get("name")).isEqualTo("Điện thoại");
    assertThat(product.get("category")).isEqualTo("Điện thoại");
    assertThat(product.get("brand")).isEqualTo("Điện thoại");
    Map<String, @Nullable String> empty = product("name", " ", "category", "", "brand", "\u200B");
    assertThat(empty.get("name")).isNull();
    assertThat(empty.get("category")).isNull();
    assertThat(empty.get("vietnam_category")).isNull();
    assertThat(empty.get("brand")).isNull();
    assertThat(product("name", "SAMSUNG galaxy").get("name")).isEqualTo("SAMSUNG galaxy");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.00",
    "0.00, , 0.00",
    "0, 3, 0.00",
    "4.5, 0, 4.50",
    "4.567, 10, 4.57",
    ", 3, "
  })
  @DisplayName("A rating is as said: whether there are reviews may be told by another change")
  void rating(String rating, String reviews, String expected) throws RejectedException {
    assertThat(product("rating", rating, "review_count", reviews).get("rating"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "mobile_phones, Điện thoại di động",
    "LAPTOPS, Máy tính xách tay",
    "Electronics, Thiết bị điện tử",
    "fashion, Thời trang",
    "home_garden, Nhà cửa & Đời sống",
    "Books, Books",
    "Thời trang, Thời trang"
  })
  @DisplayName(
      "vietnam_category: mobile_phones → Điện thoại di động, ... (case-insensitively);"
          + " anything else as it was")
  void vietnamCategory(String category, String expected) throws RejectedException {
    assertThat(product("category", category).get("vietnam_category")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10.5, , 10.5000, 252000", "0.00002, , 0.0000, 0", "0.0001, , 0.0001, 2",
        "-1, , -1.0000, -24000",
    ", 250000, 10.4167, 250000", ", 1000.5, 0.0417, 1001", "10, 239000, 10.0000, 239000", ", , ,"
  })
  @DisplayName(
      "price_vnd: the price × rate where it is in USD, the price itself where the record"
          + " says VND; price_usd the other way round")
  void price(String usd, String vnd, String expectedUsd, String expectedVnd)
      throws RejectedException {
    Map<String, @Nullable String> product = product("price_usd", usd, "price_vnd", vnd);
    assertThat(product.get("price_usd")).isEqualTo(expectedUsd);
    assertThat(product.get("price_vnd")).isEqualTo(expectedVnd);
  }

  @ParameterizedTest
  @CsvSource({
    "shopee, Shopee",
    "FPTSHOP, FPTShop",
    "cellphones, CellphoneS",
    "Ebay, Ebay",
    "'', ''"
  })
  @DisplayName("platform: the standard name whatever the case; another name stays as it was")
  void platform(String text, String platform) throws RejectedException {
    assertThat(product("platform", text).get("platform")).isEqualTo(platform);
    assertThat(product("platform", null).get("platform")).isNull();
  }

  @Test
  void whatWasNotCarriedIsAbsent() throws RejectedException {
    assertThat(said().getAbsent())
        .containsExactlyInAnyOrder(
            "name",
            "category",
            "vietnam_category",
            "brand",
            "platform",
            "price_usd",
            "price_vnd",
            "stock",
            "rating",
            "review_count");
    assertThat(said("price_vnd", "1", "stock", "3").getAbsent())
        .containsExactlyInAnyOrder(
            "name", "category", "vietnam_category", "brand", "platform", "rating", "review_count");
    assertThat(said("category", null).getAbsent()).doesNotContain("vietnam_category");
  }

  @Test
  void aDeleteCarriesNothing() throws RejectedException {
    Product product =
        cleanser.cleanse(Records.of(Operation.DELETE, 5L, "product_id", "P", "price_usd", "1"));
    assertThat(product.getAbsent()).isEqualTo(said().getAbsent());
    assertThat(product.getPriceUsd()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "stock, 5.5, not_an_integer",
    "stock, 2147483648, out_of_range",
    "stock, many, not_a_number",
    "stock, 1e-999999999, not_an_integer",
    "rating, 10, out_of_range",
    "rating, NaN, not_a_number",
    "price_usd, 100000000000000, out_of_range",
    "price_vnd, 1e22, out_of_range",
    "price_vnd, 9e18, out_of_range",
    "review_count, -2147483649, out_of_range"
  })
  void rejected(String field, String value, String reason) {
    assertThatThrownBy(() -> product(field, value))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason().word()).isEqualTo(reason))
        .hasMessageContaining(field.equals("price_vnd") ? "price_" : field);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "-3, -3", "5.0, 5", "1e3, 1000", "2147483647, 2147483647", "'', "})
  void integers(String text, String stock) throws RejectedException {
    assertThat(product("stock", text).get("stock")).isEqualTo(stock);
  }

  @Test
  void aPriceOfABillionDecimalsCostsNothing() throws RejectedException {
    assertThat(product("price_vnd", "1e-999999999").get("price_usd")).isEqualTo("0.0000");
  }
}
