package vn.phusa.pipelines.io.marketplace.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.transforms.yaml.StrictYaml;

/** Reads descriptions from YAML and reports in one line what is wrong with a file. */
final class SpecReader {
  private static final String OPTION = "marketplaces";
  private static final String BUILT_IN = "the built-in descriptions";

  /** What every marketplace has that does not say otherwise. */
  private static final String DEFAULTS = "defaults.yaml";

  private static final List<String> FILES =
      List.of("lazada.yaml", "shopee.yaml", "tiki.yaml", "sendo.yaml", "feeds.yaml");

  private static final ObjectMapper YAML =
      StrictYaml.mapper()
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addModule(
              new SimpleModule()
                  .addDeserializer(LocalTime.class, StrictYaml.parsedBy(LocalTime::parse))
                  .addDeserializer(Duration.class, StrictYaml.parsedBy(Duration::parse))
                  .addDeserializer(ZoneOffset.class, StrictYaml.parsedBy(ZoneOffset::of))
                  .addDeserializer(AuthSpec.class, new AuthSpecDeserializer())
                  .addDeserializer(AuthKind.class, registered(AuthKind.class))
                  .addDeserializer(PagingKind.class, registered(PagingKind.class)))
          .build();

  private SpecReader() {}

  private static <K extends Kind> JsonDeserializer<K> registered(Class<K> type) {
    return StrictYaml.parsedBy(name -> RegisteredKinds.named(type, name));
  }

  static Marketplaces read(@Nullable String file) {
    ObjectNode tree = YAML.createObjectNode();
    for (String builtIn : FILES) {
      StrictYaml.merge(tree, resource(builtIn));
    }
    if (file != null) {
      StrictYaml.merge(tree, user(file));
    }
    String source = file == null ? BUILT_IN : file;
    if (tree.get("marketplaces") instanceof ObjectNode marketplaces) {
      for (String name : names(marketplaces)) {
        if (!(marketplaces.get(name) instanceof ObjectNode own)) {
          throw refused(source, "\"marketplaces." + name + "\" is not a mapping of keys");
        }
        ObjectNode whole = resource(DEFAULTS);
        StrictYaml.merge(whole, own);
        marketplaces.set(name, whole);
      }
    }
    return bind(tree, source);
  }

  private static List<String> names(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Marketplaces bind(ObjectNode tree, String source) {
    try {
      Marketplaces read = YAML.treeToValue(tree, Marketplaces.class);
      read.marketplaces().forEach((name, marketplace) -> marketplace.check(name));
      read.feeds().forEach((name, feed) -> feed.check(name));
      for (String name : read.feeds().keySet()) {
        InvalidSpecException.check(
            !read.marketplaces().containsKey(name),
            "feeds." + name + ": a marketplace has that name already");
      }
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw refused(source, "unknown key \"" + StrictYaml.path(e) + "\"");
    } catch (JsonMappingException e) {
      throw refused(
          source,
          e.getCause() instanceof InvalidSpecException cause
              ? StrictYaml.path(e) + ": " + cause.getMessage()
              : "\"" + StrictYaml.path(e) + "\" has a value that it cannot have");
    } catch (JsonProcessingException e) {
      throw refused(source, StrictYaml.problem(e));
    } catch (InvalidSpecException e) {
      throw refused(source, e.getMessage());
    }
  }

  private static ObjectNode user(String file) {
    // As a stream: a device has no end, and the parser has a limit.
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return mapping(file, YAML.readTree(in));
    } catch (JsonProcessingException e) {
      throw refused(file, "line " + StrictYaml.line(e) + ": " + StrictYaml.problem(e));
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new InvalidOptionException(OPTION, "the file " + file + " cannot be read");
    }
  }

  private static ObjectNode mapping(String source, @Nullable JsonNode document) {
    if (document == null || document.isMissingNode() || document.isNull()) {
      return YAML.createObjectNode();
    }
    if (document instanceof ObjectNode object) {
      return object;
    }
    throw refused(source, "the document is not a mapping of keys");
  }

  private static ObjectNode resource(String name) {
    try (InputStream in = SpecReader.class.getResourceAsStream(name)) {
      return mapping(name, YAML.readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + name + " cannot be read", e);
    }
  }

  private static InvalidOptionException refused(String source, String problem) {
    return new InvalidOptionException(OPTION, source + ": " + problem);
  }
}
