package vn.phusa.pipelines.io.marketplace.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.spec.ErrorRules;

/**
 * Extracts records and a few values from JSON in one pass. Nothing is written anew: a record's text
 * is the bytes between the positions where the parser met its beginning and its end. What nobody
 * asked for is passed over.
 */
public final class JsonRecordExtractor {
  /**
   * What is extracted is not understood here: an odd record must not stop those beside it. So the
   * parser's own bounds are far above anything that a shop has; it keeps no stack of calls.
   */
  public static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(50_000_000)
                  .maxNestingDepth(20_000)
                  .maxNumberLength(1_000_000)
                  .maxNameLength(1_000_000)
                  .build())
          .build();

  private static final char REPLACEMENT = '\uFFFD';

  private final Wanted answer = new Wanted();
  private final Wanted record = new Wanted();

  /**
   * A cutter.
   *
   * @param records the pointer of the records; null: there are none
   * @param values pointers into the answer
   * @param recordValues pointers into a record
   */
  public JsonRecordExtractor(
      @Nullable String records, Collection<String> values, Collection<String> recordValues) {
    if (records != null) {
      answer.at(records).records = true;
    }
    values.forEach(pointer -> answer.at(pointer).name = pointer);
    recordValues.forEach(pointer -> record.at(pointer).name = pointer);
  }

  /** An extractor that also extracts what errors are known by. */
  public static JsonRecordExtractor withErrors(
      ErrorRules rules,
      @Nullable String records,
      Collection<String> values,
      Collection<String> recordValues) {
    List<String> all = new ArrayList<>(values);
    all.addAll(rules.expired());
    if (rules.code() != null) {
      all.add(rules.code());
    }
    if (rules.message() != null) {
      all.add(rules.message());
    }
    return new JsonRecordExtractor(records, all, recordValues);
  }

  /**
   * Extracts from an answer.
   *
   * @param json UTF-8
   * @return null if it is no JSON, or not UTF-8
   */
  public @Nullable ExtractedJson extractOrNull(byte[] json) {
    try {
      return extract(json);
    } catch (IOException e) {
      // What Jackson says may quote the answer.
      return null;
    }
  }

  /**
   * Extracts from an answer.
   *
   * @param json UTF-8
   * @throws IOException if it is no JSON, or not UTF-8; the message may quote it
   */
  public ExtractedJson extract(byte[] json) throws IOException {
    Map<String, String> values = new HashMap<>();
    Set<String> found = new HashSet<>();
    List<ExtractedJson.Piece> records = new ArrayList<>();
    boolean[] listed = {false};
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IOException("empty");
      }
      new Pass(json, parser, values, found, records, listed).value(answer);
      if (parser.nextToken() != null) {
        throw new IOException("more than one value");
      }
    }
    return new ExtractedJson(values, found, listed[0] ? records : null);
  }

  /** What is wanted at a position and below it. */
  private static final class Wanted {
    private final Map<String, Wanted> below = new HashMap<>();
    private @Nullable String name;
    private boolean records;

    Wanted at(String pointer) {
      Wanted wanted = this;
      if (!pointer.isEmpty()) {
        for (String part : pointer.substring(1).split("/", -1)) {
          String key = part.replace("~1", "/").replace("~0", "~");
          wanted = wanted.below.computeIfAbsent(key, k -> new Wanted());
        }
      }
      return wanted;
    }
  }

  /** One walk through one answer. */
  private final class Pass {
    private final byte[] json;
    private final JsonParser parser;
    private final Map<String, String> values;
    private final Set<String> found;
    private final List<ExtractedJson.Piece> records;
    private final boolean[] listed;

    Pass(
        byte[] json,
        JsonParser parser,
        Map<String, String> values,
        Set<String> found,
        List<ExtractedJson.Piece> records,
        boolean[] listed) {
      this.json = json;
      this.parser = parser;
      this.values = values;
      this.found = found;
      this.records = records;
      this.listed = listed;
    }

    /** Walks the value that the parser stands at; afterwards it stands at its end. */
    void value(Wanted wanted) throws IOException {
      JsonToken token = parser.currentToken();
      if (wanted.records) {
        extractRecords(token);
      } else {
        walk(wanted, values);
      }
    }

    private void walk(Wanted wanted, Map<String, String> into) throws IOException {
      JsonToken token = parser.currentToken();
      if (wanted.name != null && token != JsonToken.VALUE_NULL) {
        if (into == values) {
          found.add(wanted.name);
        }
        if (token.isScalarValue()) {
          into.put(wanted.name, parser.getText());
        }
      }
      if (wanted.below.isEmpty()) {
        parser.skipChildren();
      } else if (token == JsonToken.START_OBJECT) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          Wanted next = wanted.below.get(parser.currentName());
          parser.nextToken();
          below(next, into);
        }
      } else if (token == JsonToken.START_ARRAY) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          below(wanted.below.get(Integer.toString(i)), into);
        }
      }
    }

    private void below(@Nullable Wanted next, Map<String, String> into) throws IOException {
      if (next == null) {
        parser.skipChildren();
      } else if (next.records) {
        extractRecords(parser.currentToken());
      } else {
        walk(next, into);
      }
    }

    private void extractRecords(JsonToken token) throws IOException {
      if (token == JsonToken.START_ARRAY) {
        listed[0] = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          extractRecord();
        }
      } else if (token == JsonToken.START_OBJECT) {
        listed[0] = true;
        extractRecord();
      } else if (token == JsonToken.VALUE_NULL) {
        listed[0] = true;
      }
    }

    private void extractRecord() throws IOException {
      int start = (int) parser.currentTokenLocation().getByteOffset();
      Map<String, String> own = new HashMap<>();
      walk(record, own);
      // A number is seen to end only by what comes after it; none is a record, but it is text too.
      int end =
          parser.currentToken().isScalarValue()
              ? start + parser.getText().getBytes(StandardCharsets.UTF_8).length
              : (int) parser.currentLocation().getByteOffset();
      if (start < 0 || end > json.length) {
        throw new IOException("not UTF-8");
      }
      records.add(new ExtractedJson.Piece(text(start, end), own));
    }

    private String text(int start, int end) throws CharacterCodingException {
      String text = new String(json, start, end - start, StandardCharsets.UTF_8);
      // Only then can it be that bytes were replaced, and the text is not what was sent.
      return text.indexOf(REPLACEMENT) < 0
          ? text
          : StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(json, start, end - start))
              .toString();
    }
  }
}
