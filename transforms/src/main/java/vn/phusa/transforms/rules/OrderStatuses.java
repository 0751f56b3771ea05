package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sources' words for the status of an order mean.
 *
 * @param sources by the source ("oltp", "tiki", ...): its words and the group of each
 * @param words of any source, where it has none of its own
 */
public record OrderStatuses(Map<String, Map<String, String>> sources, Map<String, String> words)
    implements Serializable {

  /** The group of a word that the rules do not know. */
  public static final String UNMAPPED = "unmapped";

  private static final List<String> GROUPS =
      List.of("placed", "paid", "shipped", "delivered", "cancelled", "returned", "failed");

  public OrderStatuses {
    words = checked(words, "orderStatuses.words");
    Map<String, Map<String, String>> bySource = new LinkedHashMap<>();
    RulesException.required(sources, "orderStatuses.sources")
        .forEach(
            (source, own) -> bySource.put(source, checked(own, "orderStatuses.sources." + source)));
    sources = Map.copyOf(bySource);
  }

  private static Map<String, String> checked(Map<String, String> words, String key) {
    RulesException.required(words, key)
        .forEach(
            (word, group) ->
                RulesException.check(
                    GROUPS.contains(group),
                    "rules: \"" + key + "." + word + "\" is none of " + String.join(", ", GROUPS)));
    return Map.copyOf(words);
  }
}
