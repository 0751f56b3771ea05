package vn.phusa.pipelines.io.marketplace.spec;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;

/**
 * The marketplaces and feeds that can be extracted, by their names.
 *
 * @param marketplaces with an API
 * @param feeds files
 */
public record Marketplaces(Map<String, Marketplace> marketplaces, Map<String, FeedSpec> feeds)
    implements Serializable {

  public Marketplaces {
    marketplaces = ordered(marketplaces);
    feeds = ordered(feeds);
  }

  /**
   * The built-in descriptions, with those of a YAML file merged over them: mappings key by key,
   * lists and values replaced, null removes.
   *
   * @param file null: the built-in ones
   * @throws InvalidOptionException if the file cannot be read or used; one line that names the key
   */
  public static Marketplaces read(@Nullable String file) {
    return SpecReader.read(file);
  }

  /**
   * The names to extract: those asked for, or all that have credentials or files.
   *
   * @param platforms separated by commas; null: all that are ready
   * @throws InvalidOptionException for a name that is not described, or that is not ready
   */
  public List<String> select(@Nullable String platforms) {
    if (platforms == null) {
      return Stream.concat(marketplaces.keySet().stream(), feeds.keySet().stream())
          .filter(this::isReady)
          .toList();
    }
    List<String> names =
        Stream.of(platforms.split(","))
            .map(String::strip)
            .filter(n -> !n.isEmpty())
            .distinct()
            .toList();
    for (String name : names) {
      if (!marketplaces.containsKey(name) && !feeds.containsKey(name)) {
        throw new InvalidOptionException("platforms", "\"" + name + "\" is not described");
      }
      if (!isReady(name)) {
        throw new InvalidOptionException(
            "platforms", "--marketplaces gives no credentials or files for \"" + name + "\"");
      }
    }
    return names;
  }

  /**
   * Checks whether the secrets of marketplaces are where their references say.
   *
   * @throws InvalidOptionException if one is not; one line that names the key
   */
  public void checkSecrets(List<String> names) {
    try {
      for (String name : names) {
        Marketplace marketplace = marketplaces.get(name);
        if (marketplace != null) {
          marketplace.auth().checkSecrets("marketplaces." + name + ".auth");
        }
      }
    } catch (InvalidSpecException e) {
      throw new InvalidOptionException("marketplaces", e.getMessage());
    }
  }

  private boolean isReady(String name) {
    return marketplaces.containsKey(name)
        ? !marketplaces.get(name).auth().credentials().isEmpty()
        : feeds.get(name).files() != null;
  }

  private static <T> Map<String, T> ordered(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
