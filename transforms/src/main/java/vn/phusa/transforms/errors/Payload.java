package vn.phusa.transforms.errors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A rejected record as a dead letter holds it: one JSON object of its fields as they came, each a
 * string or null, in the record's order.
 *
 * <p>Where a name or value holds U+0000 or a lone surrogate, which a text column would refuse or
 * change, {@link #text} is the Base64 form of that JSON text's UTF-16 code units (little endian, no
 * byte order mark, the characters standing unescaped).
 *
 * @param text what the dead letter's payload is
 * @param encoding how it is to be read
 */
public record Payload(String text, DeadLetter.Encoding encoding) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The payload of a record.
   *
   * @param values aligned with the columns
   */
  public static Payload of(List<String> columns, List<? extends @Nullable String> values) {
    String json = json(columns, values);
    boolean storable =
        columns.stream().allMatch(c -> StorableText.problem(c) == null)
            && values.stream()
                .filter(Objects::nonNull)
                .allMatch(v -> StorableText.problem(v) == null);
    return storable
        ? new Payload(json, DeadLetter.Encoding.TEXT)
        : new Payload(base64(json), DeadLetter.Encoding.BASE64);
  }

  /** A text that stands for the record as it came, be it JSON or not. */
  public static Payload ofText(String text) {
    return StorableText.problem(text) == null
        ? new Payload(text, DeadLetter.Encoding.TEXT)
        : new Payload(base64(text), DeadLetter.Encoding.BASE64);
  }

  /** The payload of bytes that could not be understood: their base64 form. */
  public static Payload ofBytes(byte[] bytes) {
    return new Payload(Base64.getEncoder().encodeToString(bytes), DeadLetter.Encoding.BASE64);
  }

  /** The JSON text of a record's payload, whatever the encoding. */
  public String json() {
    if (encoding == DeadLetter.Encoding.TEXT) {
      return text;
    }
    return ByteBuffer.wrap(Base64.getDecoder().decode(text))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asCharBuffer()
        .toString();
  }

  private static String base64(String text) {
    // getBytes would turn a lone surrogate into a replacement character.
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asCharBuffer().put(CharBuffer.wrap(text));
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static String json(List<String> columns, List<? extends @Nullable String> values) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeFieldName(columns.get(i));
        json.writeString((String) values.get(i));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
