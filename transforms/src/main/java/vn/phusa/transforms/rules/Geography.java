package vn.phusa.transforms.rules;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The 63 provinces and the towns that the rules know, under their standard names, with every
 * spelling that leads to them (facts/provinces.csv and the rules' own).
 */
public final class Geography {

  private static final String UNKNOWN = "Unknown";

  /** What may stand before a name, folded: province, city, town. */
  private static final List<String> KINDS_BEFORE = List.of("thanhpho", "tinh", "thixa", "tp", "tx");

  private static final List<String> KINDS_AFTER = List.of("city", "province");

  private final Map<String, GeographyRow> rows = new LinkedHashMap<>();
  private final Map<String, String> namesByFold = new HashMap<>();

  private Geography(Rules rules) {
    addProvinces(rules);
    addTowns(rules);
    addAliases(rules);
    // Last, so that no alias leads away from a standard name.
    rows.keySet().forEach(name -> namesByFold.put(FoldedText.of(name), name));
  }

  /**
   * The geography of these rules.
   *
   * @throws RulesException where a town, an alias or a region names a place that is not known
   */
  public static Geography of(Rules rules) {
    return new Geography(rules);
  }

  /** The rows of dim_geography, without keys: the provinces, then the towns. */
  public Collection<GeographyRow> geographies() {
    return Collections.unmodifiableCollection(rows.values());
  }

  /**
   * The standard name that a spelling leads to: without regard to case, tone marks, blanks, hyphens
   * and "tỉnh", "TP.", "thành phố" in front.
   *
   * @return null where the name is not known
   */
  public @Nullable String standardName(String spelling) {
    String folded = FoldedText.of(spelling);
    String name = namesByFold.get(folded);
    if (name == null) {
      name = namesByFold.get(withoutKind(folded));
    }
    if (name == null && beginsWithShortKind(folded, spelling)) {
      name = namesByFold.get(folded.substring(1));
    }
    return name;
  }

  /**
   * The region of a city by its standard name: North, Central, South, Unknown for a city that is
   * not known; null for null.
   */
  public @Nullable String region(@Nullable String city) {
    if (city == null) {
      return null;
    }
    GeographyRow row = rows.get(city);
    return row == null ? UNKNOWN : row.region();
  }

  private static String withoutKind(String folded) {
    String name = folded;
    for (String kind : KINDS_BEFORE) {
      if (name.startsWith(kind)) {
        name = name.substring(kind.length());
        break;
      }
    }
    for (String kind : KINDS_AFTER) {
      if (name.endsWith(kind)) {
        name = name.substring(0, name.length() - kind.length());
        break;
      }
    }
    return name;
  }

  /**
   * "T. Hà Giang": a single t is a kind only with its dot or blank, or every name in t would lose
   * its first letter.
   */
  private static boolean beginsWithShortKind(String folded, String spelling) {
    return folded.startsWith("t")
        && spelling.length() > 1
        && !Character.isLetterOrDigit(spelling.charAt(1));
  }

  private void addProvinces(Rules rules) {
    List<Map<String, String>> facts = FactFile.read("provinces.csv");
    Map<String, String> standardNames = new HashMap<>();
    for (Map<String, String> fact : facts) {
      String code = fact.get("old_code");
      String name = rules.cities().provinceNames().getOrDefault(code, fact.get("old_name_en"));
      standardNames.put(fact.get("old_name_vi"), name);
      namesByFold.put(FoldedText.of(fact.get("old_name_vi")), name);
      namesByFold.put(FoldedText.of(fact.get("old_name_en")), name);
      for (String alias : fact.get("aliases").split("\\|")) {
        namesByFold.put(FoldedText.of(alias), name);
      }
    }
    Map<String, String> regions = regionsByProvince(rules);
    for (Map<String, String> fact : facts) {
      String name = standardNames.get(fact.get("old_name_vi"));
      // By name and not by code: the new province often carries the code of a partner.
      String mergedInto = namesByFold.get(FoldedText.of(fact.get("new_name_vi")));
      rows.put(
          name,
          new GeographyRow(
              name,
              name,
              fact.get("old_code"),
              regions.getOrDefault(name, fact.get("region3")),
              fact.get("region6"),
              mergedInto));
    }
    regions
        .keySet()
        .forEach(
            province ->
                RulesException.check(
                    rows.containsKey(province),
                    "rules: \"cities.regions\" names no province of ours: " + province));
  }

  private static Map<String, String> regionsByProvince(Rules rules) {
    Map<String, String> regions = new HashMap<>();
    rules
        .cities()
        .regions()
        .forEach((region, provinces) -> provinces.forEach(p -> regions.put(p, region)));
    return regions;
  }

  private void addTowns(Rules rules) {
    rules.cities().towns().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            town -> {
              GeographyRow province = rows.get(town.getValue());
              RulesException.check(
                  province != null && province.city().equals(province.province()),
                  "rules: \"cities.towns." + town.getKey() + "\" lies in no province of ours");
              // A town that bears its province's name is that province here.
              rows.putIfAbsent(
                  town.getKey(),
                  new GeographyRow(
                      town.getKey(),
                      province.province(),
                      province.provinceCode(),
                      province.region(),
                      province.region6(),
                      province.mergedInto()));
            });
    Map<String, String> towns = new HashMap<>();
    rules.cities().towns().keySet().forEach(town -> towns.put(FoldedText.of(town), town));
    // The file lists some towns, "tp vinh" too, as aliases of their province.
    namesByFold.replaceAll((fold, name) -> towns.getOrDefault(withoutKind(fold), name));
    namesByFold.putAll(towns);
  }

  private void addAliases(Rules rules) {
    rules
        .cities()
        .aliases()
        .forEach(
            (alias, name) -> {
              RulesException.check(
                  rows.containsKey(name),
                  "rules: \"cities.aliases." + alias + "\" leads to no city of ours");
              namesByFold.put(FoldedText.of(alias), name);
            });
  }
}
