package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.RejectedException;

/**
 * Collects the names of a platform's categories from what is staged as {@code raw_categories}: one
 * category, a list, or a tree of them, whatever the field is called that holds a node's children.
 */
public final class CategoryNames {

  private final PlatformMapping.@Nullable CategoryFields fields;
  private final Map<String, String> names = new TreeMap<>();

  private CategoryNames(PlatformMapping.@Nullable CategoryFields fields) {
    this.fields = fields;
  }

  /** For the platform of a kind; it collects nothing where the mapping names no fields. */
  public static CategoryNames of(StagedKind kind) {
    return new CategoryNames(kind.mapping().categories());
  }

  /** Takes the categories of a payload; one that is no JSON has none. */
  public void add(String payload) {
    if (fields == null) {
      return;
    }
    try {
      collect(StagedJson.read(payload, "the payload"));
    } catch (RejectedException e) {
      // A product then has no category name, which is what it has without the document.
    }
  }

  /** From a category's id to its name. */
  public Map<String, String> names() {
    return names;
  }

  private void collect(JsonNode node) {
    String id = first(node, fields.id());
    String name = first(node, fields.name());
    if (id != null && name != null) {
      names.put(id, name);
    }
    node.forEach(this::collect);
  }

  private static @Nullable String first(JsonNode node, List<String> names) {
    for (String name : names) {
      JsonNode value = node.get(name);
      if (value != null && value.isValueNode() && !value.isNull()) {
        return value.asText();
      }
    }
    return null;
  }
}
