package vn.phusa.pipelines.io.marketplace.http;

import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What was extracted from an answer.
 *
 * @param values the texts of scalar values by the pointers that asked for them; "null" is not there
 * @param found the pointers that something stands at, whatever it is
 * @param records the records; null where no list of them and no object stands where it should
 */
public record ExtractedJson(
    Map<String, String> values, java.util.Set<String> found, @Nullable List<Piece> records) {

  public @Nullable String value(@Nullable String pointer) {
    return pointer == null ? null : values.get(pointer);
  }

  /** The number at a pointer; null where there is none. */
  public @Nullable Long number(@Nullable String pointer) {
    String text = value(pointer);
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * A record as it stood in the answer.
   *
   * @param text its JSON text, byte for byte
   * @param values as in the answer, with pointers that begin at the record
   */
  public record Piece(String text, Map<String, String> values) {
    public @Nullable String value(@Nullable String pointer) {
      return pointer == null ? null : values.get(pointer);
    }
  }
}
