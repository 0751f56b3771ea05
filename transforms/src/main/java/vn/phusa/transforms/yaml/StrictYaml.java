package vn.phusa.transforms.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all descriptions have in common: how they are merged, and what is reported of a mistake. */
public final class StrictYaml {
  private StrictYaml() {}

  /** The beginning of a mapper that refuses keys that are not known or that come twice. */
  public static YAMLMapper.Builder mapper() {
    return YAMLMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }

  /** Reads a value from its text form; the parser says by an exception that it is none. */
  public static <T> JsonDeserializer<T> parsedBy(Function<String, T> parser) {
    return new TextDeserializer<>(parser);
  }

  /**
   * Merges a tree over another, as RFC 7396 merges JSON: mappings key by key, lists and values
   * replaced, null removes.
   */
  public static void merge(ObjectNode target, ObjectNode patch) {
    List<String> names = new ArrayList<>();
    patch.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode value = patch.get(name);
      if (value.isNull()) {
        target.remove(name);
      } else if (target.get(name) instanceof ObjectNode mapping
          && value instanceof ObjectNode changes) {
        merge(mapping, changes);
      } else {
        target.set(name, value);
      }
    }
  }

  /** Where the mistake is, by its keys: "marketplaces.tiki.limit". */
  public static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  /** What the mistake is, in one line. */
  public static String problem(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("no YAML").strip();
  }

  /** The line that a document goes wrong at, from 1; 0: not known. */
  public static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static final class TextDeserializer<T> extends JsonDeserializer<T> {
    private final transient Function<String, T> parser;

    TextDeserializer(Function<String, T> parser) {
      this.parser = parser;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      try {
        return parser.apply(json.getText());
      } catch (RuntimeException e) {
        throw JsonMappingException.from(json, "not understood", e);
      }
    }
  }
}
