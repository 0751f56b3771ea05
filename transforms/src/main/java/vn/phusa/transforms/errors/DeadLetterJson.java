package vn.phusa.transforms.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** A dead letter as the topic {@code dead_letters} holds it. */
public final class DeadLetterJson {

  /** What a topic takes by default, less room for the key and Kafka's own. */
  private static final int MAX_BYTES = 1_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterJson() {}

  /**
   * The UTF-8 JSON text. A payload that is too long for a topic is left out, which the error says
   * then: the record is found by its position.
   *
   * @param seenAt when it was met
   */
  public static byte[] write(DeadLetter letter, Instant seenAt) {
    // Escaped it is longer still, how much is known only once it is.
    if (letter.getPayload().length() <= MAX_BYTES) {
      byte[] whole = json(letter, letter.getError(), letter.getPayload(), seenAt);
      if (whole.length <= MAX_BYTES) {
        return whole;
      }
    }
    return json(
        letter, letter.getError() + "; the payload is too long to be kept here", "", seenAt);
  }

  private static byte[] json(DeadLetter letter, String error, String payload, Instant seenAt) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", letter.getId())
            .put("stage", letter.getStage())
            .put("source", letter.getSource())
            .put("position", letter.getPosition())
            .put("reason", letter.getReason())
            .put("error", error)
            .put("payload", payload)
            .put("payload_encoding", letter.getPayloadEncoding().name().toLowerCase(Locale.ROOT))
            .put("seen_at", seenAt.toString());
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts is JSON", e);
    }
  }

  /**
   * The dead letter that {@link #write} wrote, without the time.
   *
   * @throws RefusedException {@link Reason#MALFORMED} or {@link Reason#MISSING_FIELD} for anything
   *     else
   */
  public static DeadLetter read(byte[] json) throws RefusedException {
    JsonNode letter;
    try {
      letter = JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new RefusedException(Reason.MALFORMED, "the dead letter is no JSON");
    }
    return DeadLetter.create(
        text(letter, "id"),
        text(letter, "stage"),
        text(letter, "source"),
        text(letter, "position"),
        text(letter, "reason"),
        text(letter, "error"),
        text(letter, "payload"),
        encoding(text(letter, "payload_encoding")));
  }

  private static String text(JsonNode letter, String field) throws RefusedException {
    JsonNode node = letter == null ? null : letter.get(field);
    if (node == null || !node.isTextual()) {
      throw new RefusedException(Reason.MISSING_FIELD, "the dead letter has no text " + field);
    }
    return node.textValue();
  }

  private static DeadLetter.Encoding encoding(String word) throws RefusedException {
    return switch (word) {
      case "text" -> DeadLetter.Encoding.TEXT;
      case "base64" -> DeadLetter.Encoding.BASE64;
      default ->
          throw new RefusedException(
              Reason.MALFORMED, "the dead letter's payload_encoding is neither text nor base64");
    };
  }
}
