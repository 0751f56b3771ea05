package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What the rules say about cities beyond the files of facts.
 *
 * @param aliases spelling to standard name
 * @param provinceNames the standard names of provinces, by their code before 2025, where they are
 *     not the English name in the file
 * @param towns towns that are cities of their own, to the standard name of their province
 * @param regions region to the standard names of provinces, where the rule names them itself
 */
public record Cities(
    Map<String, String> aliases,
    Map<String, String> provinceNames,
    Map<String, String> towns,
    Map<String, List<String>> regions)
    implements Serializable {

  public Cities {
    aliases = Map.copyOf(RulesException.required(aliases, "cities.aliases"));
    provinceNames = Map.copyOf(RulesException.required(provinceNames, "cities.provinceNames"));
    towns = Map.copyOf(RulesException.required(towns, "cities.towns"));
    regions = Map.copyOf(RulesException.required(regions, "cities.regions"));
  }
}
