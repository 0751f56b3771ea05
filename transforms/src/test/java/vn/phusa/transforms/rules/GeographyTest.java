package vn.phusa.transforms.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeographyTest {

  private final Geography geography = Geography.of(Rules.defaults());
  private final Map<String, GeographyRow> rows =
      geography.geographies().stream().collect(Collectors.toMap(GeographyRow::city, r -> r));

  @ParameterizedTest
  @CsvSource({
    "Hanoi, North",
    "Hai Phong, North",
    "Quang Ninh, North",
    "Lang Son, North",
    "Cao Bang, North",
    "Da Nang, Central",
    "Hue, Central",
    "Quang Nam, Central",
    "Quang Ngai, Central",
    "Binh Dinh, Central",
    "Ho Chi Minh City, South",
    "Can Tho, South",
    "Dong Nai, South",
    "Binh Duong, South",
    "Ba Ria-Vung Tau, South",
    "Atlantis, Unknown",
    "'', Unknown"
  })
  @DisplayName(
      "region: North for Hanoi, ...; Central for Da Nang, ...; South for ...; else Unknown")
  void regionsThatTheRuleNames(String city, String region) {
    assertThat(geography.region(city)).isEqualTo(region);
  }

  @Test
  @DisplayName("region: null for a null city")
  void noRegionWithoutACity() {
    assertThat(geography.region(null)).isNull();
  }

  @Test
  @DisplayName("region, beyond: every province by the files")
  void regionsOfTheFiles() {
    for (Map<String, String> fact : FactFile.read("provinces.csv")) {
      GeographyRow row = rows.get(geography.standardName(fact.get("old_name_vi")));
      assertThat(row.region()).as(fact.get("old_name_vi")).isEqualTo(fact.get("region3"));
      assertThat(row.region6()).isEqualTo(fact.get("region6"));
      assertThat(row.provinceCode()).isEqualTo(fact.get("old_code"));
      assertThat(row.province()).isEqualTo(row.city());
      assertThat(row.mergedInto()).isEqualTo(geography.standardName(fact.get("new_name_vi")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Bien Hoa, Dong Nai, South", "Nha Trang, Khanh Hoa, Central",
    "Buon Ma Thuot, Dak Lak, Central", "Quy Nhon, Binh Dinh, Central",
    "Vung Tau, Ba Ria-Vung Tau, South", "Thai Nguyen, Thai Nguyen, North"
  })
  @DisplayName("region, beyond: a province's well-known towns by their province")
  void townsFollowTheirProvince(String town, String province, String region) {
    assertThat(rows.get(town).province()).isEqualTo(province);
    assertThat(rows.get(town).region()).isEqualTo(region);
    assertThat(rows.get(town).provinceCode()).isEqualTo(rows.get(province).provinceCode());
    assertThat(rows.get(town).mergedInto()).isEqualTo(rows.get(province).mergedInto());
  }

  @Test
  @DisplayName("dim_geography: city (unique): the 63 provinces and the towns that the rules know")
  void everyProvinceAndTownIsThere() {
    Set<String> provinces =
        rows.values().stream().map(GeographyRow::province).collect(Collectors.toSet());
    assertThat(provinces).hasSize(63).allSatisfy(p -> assertThat(rows).containsKey(p));
    assertThat(rows.keySet()).containsAll(Rules.defaults().cities().towns().keySet());
    assertThat(rows).hasSameSizeAs(geography.geographies());
  }

  @Test
  @DisplayName("merged_into (the province's name since 2025-07-01, its own where nothing changed)")
  void mergers() {
    assertThat(rows.get("Binh Duong").mergedInto()).isEqualTo("Ho Chi Minh City");
    assertThat(rows.get("Vung Tau").mergedInto()).isEqualTo("Ho Chi Minh City");
    assertThat(rows.get("Hanoi").mergedInto()).isEqualTo("Hanoi");
    assertThat(rows.get("Hue").mergedInto()).isEqualTo("Hue");
    Map<String, Set<String>> formed = new HashMap<>();
    rows.values().stream()
        .filter(r -> r.city().equals(r.province()))
        .collect(
            Collectors.groupingBy(
                GeographyRow::mergedInto,
                Collectors.mapping(GeographyRow::provinceCode, Collectors.toSet())))
        .forEach(formed::put);
    Map<String, Set<String>> expected = new HashMap<>();
    for (Map<String, String> fact : FactFile.read("provinces34.csv")) {
      expected.put(
          geography.standardName(fact.get("new_name_vi")),
          Set.of(fact.get("formed_from_old_codes").split("\\+")));
    }
    assertThat(formed).hasSize(34).isEqualTo(expected);
  }
}
