package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import vn.phusa.transforms.yaml.StrictYaml;

/**
 * What the records of all marketplaces and feeds mean: those that ship, and those that a launch
 * gives. Immutable.
 */
public final class Mappings {

  private static final List<String> MARKETPLACES = List.of("lazada", "shopee", "tiki", "sendo");
  private static final List<String> FEEDS = List.of("fptshop", "cellphones");

  private final TreeMap<String, ObjectNode> trees;
  private final TreeMap<String, PlatformMapping> platforms = new TreeMap<>();

  private Mappings(TreeMap<String, ObjectNode> trees) {
    this.trees = trees;
    trees.forEach((name, tree) -> platforms.put(name, MappingReader.bind(name, tree)));
  }

  /** Those that ship. */
  public static Mappings builtIn() {
    TreeMap<String, ObjectNode> trees = new TreeMap<>();
    MARKETPLACES.forEach(name -> trees.put(name, MappingReader.builtIn(name)));
    FEEDS.forEach(name -> trees.put(name, MappingReader.builtInFeed(name)));
    return new Mappings(trees);
  }

  /**
   * These with one more marketplace, or with one's mapping changed.
   *
   * @param name the marketplace's name in staging
   * @param mapping what is merged over the mapping that there is: an object key by key, where a
   *     null removes the key, anything else replaced
   * @throws MappingException where a key is unknown or missing, or an expression is not right; the
   *     message is one line and names the platform and the key
   */
  public Mappings with(String name, JsonNode mapping) {
    return with(name, mapping, false);
  }

  /**
   * As {@link #with}, for a feed of files: its records name "feed:name" as their source.
   *
   * @throws MappingException as there
   */
  public Mappings withFeed(String name, JsonNode mapping) {
    return with(name, mapping, true);
  }

  private Mappings with(String name, JsonNode mapping, boolean feed) {
    if (!(mapping instanceof ObjectNode patch)) {
      throw new MappingException(name, "not a mapping of keys");
    }
    ObjectNode merged =
        trees.containsKey(name) ? trees.get(name).deepCopy() : patch.objectNode().put("feed", feed);
    StrictYaml.merge(merged, patch);
    TreeMap<String, ObjectNode> changed = new TreeMap<>(trees);
    changed.put(name, merged);
    return new Mappings(changed);
  }

  /** The names of the marketplaces and feeds, as staging has them. */
  public Set<String> names() {
    return platforms.keySet();
  }

  /** What is loaded into products. */
  public List<StagedKind> products() {
    return into(LoadMapping.PRODUCTS);
  }

  /** What is loaded into customers. */
  public List<StagedKind> customers() {
    return into(LoadMapping.CUSTOMERS);
  }

  /** What is loaded into order lines. */
  public List<StagedKind> orders() {
    return into(LoadMapping.ORDERS);
  }

  private List<StagedKind> into(String kind) {
    List<StagedKind> kinds = new ArrayList<>();
    platforms.forEach(
        (name, platform) ->
            platform
                .loadsInto(kind)
                .forEach(load -> kinds.add(new StagedKind(name, load, platform))));
    return kinds;
  }
}
