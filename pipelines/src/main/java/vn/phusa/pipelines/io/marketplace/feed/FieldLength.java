package vn.phusa.pipelines.io.marketplace.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import vn.phusa.pipelines.io.marketplace.http.JsonRecordExtractor;

/** How long the fields of a JSON text are, and their names. */
final class FieldLength {
  private final long most;

  /**
   * @param most characters that a field may have
   */
  FieldLength(long most) {
    this.most = most;
  }

  /** Whether any is longer; not where the text is no JSON. */
  boolean isAnyLonger(String json) {
    if (json.length() <= most) {
      return false;
    }
    try (JsonParser parser = JsonRecordExtractor.JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if ((token == JsonToken.FIELD_NAME || token.isScalarValue())
            && parser.getTextLength() > most) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // What it is instead is found by who reads it.
      return false;
    }
  }
}
