package vn.phusa.runners.simulator.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Writes JSON texts, each platform's in its own style: what has the same meaning is not the same
 * text.
 */
public final class JsonText {
  /** How a platform writes. */
  public enum Style {
    COMPACT,
    /** Blanks around colons and after commas. */
    SPACED,
    /** Letters beyond ASCII as escapes. */
    ESCAPED
  }

  private static final JsonFactory PLAIN = JsonFactory.builder().build();
  private static final JsonFactory ESCAPING =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final StringWriter text = new StringWriter();
  private final JsonGenerator json;

  private JsonText(Style style) {
    try {
      json = (style == Style.ESCAPED ? ESCAPING : PLAIN).createGenerator(text);
      if (style == Style.SPACED) {
        json.setPrettyPrinter(spaced());
      }
      json.writeStartObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What writes a part. */
  private interface Part {
    void write() throws IOException;
  }

  /** An object, open. */
  public static JsonText object(Style style) {
    return new JsonText(style);
  }

  public JsonText put(String name, String value) {
    return part(() -> json.writeStringField(name, value));
  }

  public JsonText put(String name, long value) {
    return part(() -> json.writeNumberField(name, value));
  }

  public JsonText put(String name, boolean value) {
    return part(() -> json.writeBooleanField(name, value));
  }

  /** A number in exactly these digits. */
  public JsonText digits(String name, String value) {
    return part(
        () -> {
          json.writeFieldName(name);
          json.writeNumber(value);
        });
  }

  public JsonText putNull(String name) {
    return part(() -> json.writeNullField(name));
  }

  public JsonText openObject(String name) {
    return part(() -> json.writeObjectFieldStart(name));
  }

  public JsonText openArray(String name) {
    return part(() -> json.writeArrayFieldStart(name));
  }

  /** An object in an array. */
  public JsonText openObject() {
    return part(json::writeStartObject);
  }

  /** A text in an array. */
  public JsonText add(String value) {
    return part(() -> json.writeString(value));
  }

  public JsonText closeObject() {
    return part(json::writeEndObject);
  }

  public JsonText closeArray() {
    return part(json::writeEndArray);
  }

  /** Closes what is open and gives the text. */
  public String end() {
    part(json::close);
    return text.toString();
  }

  private JsonText part(Part part) {
    try {
      part.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrettyPrinter spaced() {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    printer.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
    return printer;
  }
}
