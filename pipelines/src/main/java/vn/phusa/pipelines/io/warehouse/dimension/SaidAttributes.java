package vn.phusa.pipelines.io.warehouse.dimension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.Version;

/** What the source said of a version's attributes, where something else stands in its row. */
final class SaidAttributes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DimensionSpec dimension;

  SaidAttributes(DimensionSpec dimension) {
    this.dimension = dimension;
  }

  /** The differing attributes as a JSON object of texts; null for none. */
  @Nullable String write(Version version) {
    ObjectNode said = null;
    for (int i = 0; i < version.said().size(); i++) {
      String value = version.said().get(i);
      if (!dimension.isDerived(i) && !Objects.equals(value, version.values().get(i))) {
        said = said == null ? JSON.createObjectNode() : said;
        said.put(dimension.attributes().get(i).column(), value);
      }
    }
    return said == null ? null : said.toString();
  }

  /**
   * All attributes as the source said them; null for those that no source says.
   *
   * @param differing what was written; null for none
   * @param values the row's
   */
  List<@Nullable String> read(@Nullable String differing, @Nullable String[] values) {
    @Nullable String[] said = values.clone();
    for (int i = 0; i < said.length; i++) {
      said[i] = dimension.isDerived(i) ? null : said[i];
    }
    if (differing != null) {
      try {
        JSON.readTree(differing)
            .fields()
            .forEachRemaining(
                field -> said[dimension.indexOf(field.getKey())] = text(field.getValue()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("said is no JSON", e);
      }
    }
    return Collections.unmodifiableList(Arrays.asList(said));
  }

  private static @Nullable String text(JsonNode value) {
    return value.isNull() ? null : value.textValue();
  }
}
