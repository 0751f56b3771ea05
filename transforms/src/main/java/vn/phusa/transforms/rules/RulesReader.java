package vn.phusa.transforms.rules;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@link Rules} from YAML and tells in one line what is wrong with a document. */
final class RulesReader {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(
              new SimpleModule()
                  .addDeserializer(LocalDate.class, new TextDeserializer<>(LocalDate::parse))
                  .addDeserializer(
                      MonthDay.class, new TextDeserializer<>(text -> MonthDay.parse("--" + text))))
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
    merge(merged, (ObjectNode) patch);
    return bind(merged);
  }

  /** As RFC 7396 merges JSON. */
  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode old = target.get(field.getKey());
              if (field.getValue().isNull()) {
                target.remove(field.getKey());
              } else if (old instanceof ObjectNode mapping
                  && field.getValue() instanceof ObjectNode changes) {
                merge(mapping, changes);
              } else {
                target.set(field.getKey(), field.getValue());
              }
            });
  }

  private static Rules bind(ObjectNode tree) {
    Rules rules;
    try {
      rules = YAML.treeToValue(tree, Rules.class);
    } catch (UnrecognizedPropertyException e) {
      throw new RulesException("rules: unknown key \"" + path(e) + "\"");
    } catch (JsonMappingException e) {
      throw new RulesException(
          e.getCause() instanceof RulesException cause && !path(e).isEmpty()
              ? cause.getMessage() + " (in \"" + path(e) + "\")"
              : e.getCause() instanceof RulesException cause
                  ? cause.getMessage()
                  : "rules: \"" + path(e) + "\" has a value that it cannot have");
    } catch (JsonProcessingException e) {
      throw new RulesException("rules: " + firstLine(e));
    }
    // Towns and aliases that point nowhere are found here and not on a worker.
    Geography.of(rules);
    return rules;
  }

  private static JsonNode read(Reader yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new RulesException("rules: line " + line + ": " + firstLine(e));
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

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("no YAML").strip();
  }

  /** Reads a value from its text form. */
  private static final class TextDeserializer<T> extends JsonDeserializer<T> {

    private final transient Function<String, T> parse;

    TextDeserializer(Function<String, T> parse) {
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return parse.apply(parser.getText());
      } catch (RuntimeException e) {
        throw JsonMappingException.from(parser, "not understood", e);
      }
    }
  }
}
