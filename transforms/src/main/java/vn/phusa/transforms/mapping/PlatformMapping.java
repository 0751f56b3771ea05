package vn.phusa.transforms.mapping;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the records of one marketplace or feed mean.
 *
 * @param platform its standard name, the column {@code platform} of its records
 * @param feed whether it is a feed of files
 * @param words named tables from the platform's codes to words, for the expressions ({@code
 *     $words})
 * @param categories the names of the fields that hold a category's id and name in what is staged as
 *     {@code raw_categories}; null: it has none
 * @param loads what is loaded from it, by the name that the step has
 */
record PlatformMapping(
    String platform,
    boolean feed,
    @Nullable Map<String, Map<String, String>> words,
    @Nullable CategoryFields categories,
    Map<String, LoadMapping> loads)
    implements Serializable {

  PlatformMapping {
    words = new HashMap<>(words == null ? Map.of() : words);
    loads = new TreeMap<>(loads == null ? Map.of() : loads);
  }

  /**
   * The fields of a category; the first that a node has counts.
   *
   * @param id that hold its id
   * @param name that hold its name
   */
  record CategoryFields(List<String> id, List<String> name) implements Serializable {}

  /** The source that its records name. */
  String source(String name) {
    return feed ? "feed:" + name : name;
  }

  Collection<String> loadsInto(String kind) {
    return loads.entrySet().stream()
        .filter(load -> load.getValue().into().equals(kind))
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }
}
