package vn.phusa.transforms.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.MonthDay;
import vn.phusa.transforms.yaml.StrictYaml;

/** Reads {@link Rules} from YAML and reports in one line what is wrong with a document. */
final class RulesReader {

  private static final ObjectMapper YAML =
      StrictYaml.mapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(
              new SimpleModule()
                  .addDeserializer(LocalDate.class, StrictYaml.parsedBy(LocalDate::parse))
                  .addDeserializer(
                      MonthDay.class, StrictYaml.parsedBy(text -> MonthDay.parse("--" + text))))
          .build();

  private static final ObjectNode DEFAULT_TREE = defaultTree();
  static final Rules DEFAULTS = bind(DEFAULT_TREE);

  private RulesReader() {}

  static Rules over(Reader yaml) {
    JsonNode patch = read(yaml);
    if (patch.isMissingNode() || patch.isNull()) {
      return DEFAULTS;
    }
    RulesException.check(patch.isObject(), "rules: the document is not a mapping of keys");
    ObjectNode merged = DEFAULT_TREE.deepCopy();
    StrictYaml.merge(merged, (ObjectNode) patch);
    return bind(merged);
  }

  /** All rules from a text that {@link RulesWriter} wrote; what it lacks is as it ships. */
  static Rules whole(String text) {
    JsonNode tree = read(new StringReader(text));
    RulesException.check(tree.isObject(), "rules: the document is not a mapping of keys");
    ObjectNode all = DEFAULT_TREE.deepCopy();
    all.setAll((ObjectNode) tree);
    return bind(all);
  }

  private static Rules bind(ObjectNode tree) {
    Rules rules;
    try {
      rules = YAML.treeToValue(tree, Rules.class);
    } catch (UnrecognizedPropertyException e) {
      throw new RulesException("rules: unknown key \"" + StrictYaml.path(e) + "\"");
    } catch (JsonMappingException e) {
      throw new RulesException(
          e.getCause() instanceof RulesException cause && !StrictYaml.path(e).isEmpty()
              ? cause.getMessage() + " (in \"" + StrictYaml.path(e) + "\")"
              : e.getCause() instanceof RulesException cause
                  ? cause.getMessage()
                  : "rules: \"" + StrictYaml.path(e) + "\" has a value that it cannot have");
    } catch (JsonProcessingException e) {
      throw new RulesException("rules: " + StrictYaml.problem(e));
    }
    // Towns and aliases that point nowhere are found here and not on a worker.
    Geography.of(rules);
    return rules;
  }

  private static JsonNode read(Reader yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new RulesException("rules: line " + StrictYaml.line(e) + ": " + StrictYaml.problem(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode defaultTree() {
    try (InputStream in = RulesReader.class.getResourceAsStream("rules.yaml")) {
      return (ObjectNode) read(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
