package vn.phusa.pipelines.io.warehouse.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The texts of the column {@code said}, by name. */
final class SaidValues {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode values;

  private SaidValues(ObjectNode values) {
    this.values = values;
  }

  static SaidValues none() {
    return new SaidValues(JSON.createObjectNode());
  }

  /** What a row has; null in one of before there was such a column. */
  static @Nullable SaidValues of(ResultSet row) throws SQLException {
    String text = row.getString("said");
    try {
      return text == null ? null : new SaidValues((ObjectNode) JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("said is no JSON", e);
    }
  }

  /** Keeps a text where the column has another. */
  SaidValues differing(String name, @Nullable String said, @Nullable String column) {
    if (!Objects.equals(said, column)) {
      values.put(name, said);
    }
    return this;
  }

  /** Keeps an exact amount, however many zeros it came with. */
  SaidValues exact(String name, @Nullable BigDecimal said) {
    if (said != null) {
      values.put(name, said.stripTrailingZeros().toPlainString());
    }
    return this;
  }

  /** Keeps an amount that was said in dong, and the dollars where they were said too. */
  SaidValues amount(
      String name, @Nullable BigDecimal dong, @Nullable BigDecimal dollars, List<String> both) {
    exact(name + "_vnd", dong);
    return both.contains(name) ? exact(name + "_usd", dollars) : this;
  }

  boolean has(String name) {
    return values.has(name);
  }

  /** What was said; where nothing is kept, what the column has. */
  @Nullable String text(String name, @Nullable String column) {
    JsonNode value = values.get(name);
    return value == null ? column : value.textValue();
  }

  @Nullable BigDecimal exact(String name) {
    JsonNode value = values.get(name);
    return value == null ? null : new BigDecimal(value.textValue());
  }

  String json() {
    return values.toString();
  }
}
