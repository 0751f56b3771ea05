package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import vn.phusa.transforms.yaml.StrictYaml;

/** Reads mappings and reports in one line what is wrong with one. */
final class MappingReader {

  private static final ObjectMapper YAML = StrictYaml.mapper().build();

  private static final List<String> KINDS =
      List.of(LoadMapping.PRODUCTS, LoadMapping.CUSTOMERS, LoadMapping.ORDERS);

  /** What a name of a platform, a load, a variable or a collection may be. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private MappingReader() {}

  static ObjectNode builtIn(String name) {
    try (InputStream in = MappingReader.class.getResourceAsStream(name + ".yaml")) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a feed has of its own, over what all of them have. */
  static ObjectNode builtInFeed(String name) {
    ObjectNode feed = builtIn("product_feed");
    StrictYaml.merge(feed, builtIn(name));
    return feed;
  }

  /** The mapping that a tree is, with its expressions compiled once to see that they are right. */
  static PlatformMapping bind(String name, ObjectNode tree) {
    check(name, NAME.matcher(name).matches(), "its name has other letters than a-z, 0-9 and _");
    PlatformMapping mapping;
    try {
      mapping = YAML.treeToValue(tree, PlatformMapping.class);
    } catch (UnrecognizedPropertyException e) {
      throw new MappingException(name, "unknown key \"" + StrictYaml.path(e) + "\"");
    } catch (JsonMappingException e) {
      throw new MappingException(
          name, "\"" + StrictYaml.path(e) + "\" has a value that it cannot have");
    } catch (JsonProcessingException e) {
      throw new MappingException(name, "not understood");
    }
    check(name, mapping.platform() != null, "\"platform\" is missing");
    mapping.loads().forEach((load, of) -> check(name, load, of));
    for (String load : mapping.loads().keySet()) {
      CompiledMapping.of(new StagedKind(name, load, mapping));
    }
    return mapping;
  }

  private static void check(String name, String load, LoadMapping mapping) {
    String key = "loads." + load;
    check(name, mapping != null, "\"" + key + "\" is empty");
    check(name, NAME.matcher(load).matches(), "\"" + key + "\" is no name (a-z, 0-9, _)");
    check(name, mapping.record() != null, "\"" + key + ".record\" is missing");
    check(
        name,
        mapping.into() != null && KINDS.contains(mapping.into()),
        "\"" + key + ".into\" is none of " + String.join(", ", KINDS));
    check(
        name,
        mapping.collection() != null && NAME.matcher(mapping.collection()).matches(),
        "\"" + key + ".collection\" is no name (a-z, 0-9, _)");
    mapping
        .sides()
        .forEach(
            (side, collection) ->
                check(
                    name,
                    NAME.matcher(side).matches()
                        && !CompiledMapping.VARIABLES.contains(side)
                        && collection != null
                        && NAME.matcher(collection).matches(),
                    "\"" + key + ".sides." + side + "\" is no name (a-z, 0-9, _) that is free"));
  }

  private static void check(String platform, boolean condition, String message) {
    if (!condition) {
      throw new MappingException(platform, message);
    }
  }
}
