package vn.phusa.runners.simulator.state;

import java.util.LinkedHashMap;
import java.util.Map;

/** The categories' numbers on the platforms, which speak of a category by its number alone. */
public final class Categories {
  private static final Map<String, Integer> IDS = new LinkedHashMap<>();

  static {
    IDS.put("mobile_phones", 8_707);
    IDS.put("laptops", 8_710);
    IDS.put("electronics", 14_646);
    IDS.put("fashion", 3_008);
    IDS.put("home_garden", 10_100);
    IDS.put("Sách", 8_322);
    IDS.put("beauty", 1_520);
  }

  private Categories() {}

  static int id(String name) {
    return IDS.getOrDefault(name, 1);
  }

  /** The numbers by their names. */
  public static Map<String, Integer> all() {
    return IDS;
  }
}
