package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.transforms.rules.FactFile;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.GeographyRow;
import vn.phusa.transforms.rules.Rules;

class CityStandardiserTest {

  private final Geography geography = Geography.of(Rules.defaults());
  private final CityStandardiser cities = new CityStandardiser(geography);

  @ParameterizedTest
  @CsvSource({
    "hcm, Ho Chi Minh City",
    "tp hcm, Ho Chi Minh City",
    "saigon, Ho Chi Minh City",
    "sg, Ho Chi Minh City",
    "hn, Hanoi",
    "ha noi, Hanoi",
    "dn, Da Nang",
    "da nang, Da Nang",
    "hp, Hai Phong",
    "hai phong, Hai Phong",
    "' HCM ', Ho Chi Minh City",
    "Da Nang, Da Nang",
    "'\tDN\n', Da Nang"
  })
  @DisplayName(
      "city: trimmed and lower-cased, then hcm, tp hcm, saigon, sg → Ho Chi Minh City; ...")
  void namedMappings(String text, String city) {
    assertThat(cities.standardise(text)).isEqualTo(city);
  }

  @ParameterizedTest
  @CsvSource({
    "'united  kingdom', United Kingdom",
    "EIRE, Eire",
    "'  xóm   ĐÌNH ', Xóm Đình",
    "trần.thị.b, Trần.Thị.B",
    "RSA, Rsa"
  })
  @DisplayName("city: anything else in title case (as for names)")
  void titleCase(String text, String city) {
    assertThat(cities.standardise(text)).isEqualTo(city);
  }

  @Test
  @DisplayName("city: Null stays null; empty is null")
  void nullAndEmpty() {
    assertThat(cities.standardise(null)).isNull();
    assertThat(cities.standardise("")).isNull();
    assertThat(cities.standardise(" \u00A0\u200B ")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Thành phố Hồ Chí Minh, Ho Chi Minh City",
    "TP. Hồ Chí Minh, Ho Chi Minh City",
    "TP.HCM, Ho Chi Minh City",
    "T.P HCM, Ho Chi Minh City",
    "tp-hcm, Ho Chi Minh City",
    "Sài Gòn, Ho Chi Minh City",
    "Hà Nội, Hanoi",
    "THÀNH PHỐ HÀ NỘI, Hanoi",
    "tphanoi, Hanoi",
    "Đà Nẵng, Da Nang",
    "ÐÀ NẴNG, Da Nang",
    "ĐN, Da Nang",
    "Hải Phòng, Hai Phong",
    "Cần Thơ, Can Tho",
    "TP Cần Thơ, Can Tho",
    "Huế, Hue",
    "Thừa Thiên - Huế, Hue",
    "Thừa Thiên–Huế, Hue",
    "Bà Rịa - Vũng Tàu, Ba Ria-Vung Tau",
    "BRVT, Ba Ria-Vung Tau",
    "tỉnh Đồng Nai, Dong Nai",
    "Tỉnh Bình Dương, Binh Duong",
    "T. Hà Giang, Ha Giang",
    "Đắk Lắk, Dak Lak",
    "Thanh Hoá, Thanh Hoa",
    "Hoà Bình, Hoa Binh",
    "An Giang, An Giang",
    "Gia Lai, Gia Lai",
    "Kon Tum, Kon Tum",
    "Thái Nguyên, Thai Nguyen",
    "Bắc Ninh, Bac Ninh"
  })
  @DisplayName(
      "city, beyond: all provinces with and without tone marks, tỉnh, TP., thành phố in"
          + " front; standard names in English without tone marks")
  void provinces(String text, String city) {
    assertThat(cities.standardise(text)).isEqualTo(city);
    assertThat(cities.standardise(Normalizer.normalize(text, Normalizer.Form.NFD))).isEqualTo(city);
    assertThat(cities.standardise(windows1258(text))).isEqualTo(city);
  }

  @ParameterizedTest
  @CsvSource({
    "Biên Hòa, Bien Hoa",
    "Nha Trang, Nha Trang",
    "TP. Nha Trang, Nha Trang",
    "Buôn Ma Thuột, Buon Ma Thuot",
    "Buôn Mê Thuột, Buon Ma Thuot",
    "BMT, Buon Ma Thuot",
    "Qui Nhơn, Quy Nhon",
    "Vũng Tàu, Vung Tau",
    "Vung Tau City, Vung Tau",
    "Đà Lạt, Da Lat",
    "TP Vinh, Vinh",
    "Plei Ku, Pleiku",
    "Thủ Đức, Ho Chi Minh City",
    "Hà Đông, Hanoi"
  })
  @DisplayName("city, beyond: well-known towns stay cities of their own")
  void towns(String text, String city) {
    assertThat(cities.standardise(text)).isEqualTo(city);
  }

  @Test
  @DisplayName("every alias leads to its province or to a town of that province")
  void everyAliasOfTheFile() {
    Map<String, GeographyRow> rows = new HashMap<>();
    geography.geographies().forEach(row -> rows.put(row.city(), row));
    int aliases = 0;
    for (Map<String, String> fact : FactFile.read("provinces.csv")) {
      String spellings =
          String.join("|", fact.get("aliases"), fact.get("old_name_vi"), fact.get("old_name_en"));
      for (String alias : spellings.split("\\|")) {
        for (String text :
            List.of(
                alias,
                " " + alias.toUpperCase(Locale.ROOT) + " ",
                Normalizer.normalize(alias, Normalizer.Form.NFD),
                windows1258(alias),
                alias.replace(" ", "\u00A0 "))) {
          String city = cities.standardise(text);
          assertThat(rows).as(text).containsKey(city);
          assertThat(rows.get(city).provinceCode()).as(text).isEqualTo(fact.get("old_code"));
          assertThat(cities.standardise(city)).as(text).isEqualTo(city);
          aliases++;
        }
      }
    }
    assertThat(aliases).isGreaterThan(1000);
  }

  @Test
  @DisplayName("all 34 provinces of 2025 keep the name of one of the 63")
  void everyProvinceOf2025() {
    for (Map<String, String> fact : FactFile.read("provinces34.csv")) {
      assertThat(geography.region(cities.standardise(fact.get("new_name_vi"))))
          .isEqualTo(fact.get("region3"));
    }
  }

  @Test
  void everyStandardNameStandardisesToItself() {
    geography
        .geographies()
        .forEach(row -> assertThat(cities.standardise(row.city())).isEqualTo(row.city()));
  }

  @Test
  void aLongTextStaysWhatItIs() {
    String text = "Ấp " + "x".repeat(10_000);
    assertThat(cities.standardise(text)).isEqualTo("Ấp X" + "x".repeat(9_999));
  }

  /** Vowels composed, tones apart: neither NFC nor NFD, as Windows-1258 has it. */
  static String windows1258(String text) {
    StringBuilder mixed = new StringBuilder();
    for (char c : Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray()) {
      String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
      String tones = parts.replaceAll("[^\u0300\u0301\u0303\u0309\u0323]", "");
      String vowel = parts.replaceAll("[\u0300\u0301\u0303\u0309\u0323]", "");
      mixed.append(Normalizer.normalize(vowel, Normalizer.Form.NFC)).append(tones);
    }
    return mixed.toString();
  }
}
