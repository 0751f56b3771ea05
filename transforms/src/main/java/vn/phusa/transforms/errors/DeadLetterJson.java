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
  public static byte[] write(DeadLetter deadLetter, Instant seenAt) {
    // Escaped it is longer still, how much is known only once it is.
    if (deadLetter.getPayload().length() <= MAX_BYTES) {
      byte[] whole = json(deadLetter, deadLetter.getError(), deadLetter.getPayload(), seenAt);
      if (whole.length <= MAX_BYTES) {
        return whole;
      }
    }
    return json(
        deadLetter,
        deadLetter.getError() + "; the payload is too long to be kept here",
        "",
        seenAt);
  }

  private static byte[] json(DeadLetter deadLetter, String error, String payload, Instant seenAt) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", deadLetter.getId())
            .put("stage", deadLetter.getStage())
            .put("source", deadLetter.getSource())
            .put("position", deadLetter.getPosition())
            .put("reason", deadLetter.getReason())
            .put("error", error)
            .put("payload", payload)
            .put(
                "payload_encoding", deadLetter.getPayloadEncoding().name().toLowerCase(Locale.ROOT))
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
   * @throws RejectedException {@link Reason#MALFORMED} or {@link Reason#MISSING_FIELD} for anything
   *     else
   */
  public static DeadLetter read(byte[] json) throws RejectedException {
    JsonNode deadLetter;
    try {
      deadLetter = JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new RejectedException(Reason.MALFORMED, "the dead letter is no JSON");
    }
    return DeadLetter.create(
        text(deadLetter, "id"),
        text(deadLetter, "stage"),
        text(deadLetter, "source"),
        text(deadLetter, "position"),
        text(deadLetter, "reason"),
        text(deadLetter, "error"),
        text(deadLetter, "payload"),
        encoding(text(deadLetter, "payload_encoding")));
  }

  private static String text(JsonNode deadLetter, String field) throws RejectedException {
    JsonNode node = deadLetter == null ? null : deadLetter.get(field);
    if (node == null || !node.isTextual()) {
      throw new RejectedException(Reason.MISSING_FIELD, "the dead letter has no text " + field);
    }
    return node.textValue();
  }

  private static DeadLetter.Encoding encoding(String word) throws RejectedException {
    return switch (word) {
      case "text" -> DeadLetter.Encoding.TEXT;
      case "base64" -> DeadLetter.Encoding.BASE64;
      default ->
          throw new RejectedException(
              Reason.MALFORMED, "the dead letter's payload_encoding is neither text nor base64");
    };
  }
}
