package vn.phusa.transforms.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/** Reads payloads; numbers are decimals with all their digits. */
final class StagedJson {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private StagedJson() {}

  /**
   * The payload as JSON.
   *
   * @param what the payload is, for the error
   * @throws RejectedException {@link Reason#MALFORMED_JSON}, also for nothing at all and for what
   *     is nested deeper than anything sensible
   */
  static JsonNode read(String payload, String what) throws RejectedException {
    JsonNode node;
    try {
      node = READER.readTree(payload);
    } catch (JsonProcessingException e) {
      throw malformed(what);
    }
    if (node.isMissingNode()) {
      throw malformed(what);
    }
    return node;
  }

  private static RejectedException malformed(String what) {
    return new RejectedException(Reason.MALFORMED_JSON, what + " is no JSON text");
  }
}
