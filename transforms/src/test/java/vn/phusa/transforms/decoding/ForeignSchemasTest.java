package vn.phusa.transforms.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.TopicRecord;

/** Whatever a registry holds and a record says, decoding ends in a record or a rejection. */
class ForeignSchemasTest {
  private static final int TRIES = 100_000;
  private static final long NOW = 1_751_284_800_000_000L;
  private static final String OURS = AvroValues.schema("sales_event.avsc").toString();

  private static final List<String> PIECES =
      List.of(
          "\"object\"",
          "null",
          "{}",
          "[]",
          "\"\"",
          "0",
          "-1",
          "1e999",
          "true",
          "\"null\"",
          "{\"type\":\"object\"}",
          "{\"type\":\"record\"}",
          "{\"type\":\"record\",\"name\":\"r\",\"fields\":[]}",
          "{\"type\":\"array\"}",
          "{\"type\":\"map\",\"values\":\"string\"}",
          "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[]}",
          "{\"type\":\"fixed\",\"name\":\"f\",\"size\":2147483647}",
          "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":-1}",
          "{\"type\":\"string\",\"logicalType\":\"uuid\"}",
          "{\"type\":\"sales_event\"}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"object\"",
        "{\"type\":\"object\",\"properties\":{\"order_id\":{\"type\":\"string\"}}}",
        "{\"type\":{\"type\":\"object\"}}",
        "null",
        "",
        "syntax = \"proto3\"; message Sale { string order_id = 1; }"
      })
  void aSchemaOfAnotherKindIsIncompatible(String schema) {
    assertThat(thrown(schema, new byte[40]))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA));
  }

  @Test
  void nothingButRejectionsComesOutOfRandomSchemasAndBytes() {
    Random random = new Random(20_261_201);
    for (int i = 0; i < TRIES; i++) {
      String schema = random.nextInt(20) == 0 ? OURS : mutated(random);
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      Throwable thrown = thrown(schema, bytes);
      if (thrown != null && !(thrown instanceof RejectedException)) {
        assertThat(thrown).as(schema).isNull();
      }
    }
  }

  /** Our schema with a few pieces of its JSON replaced, removed or doubled. */
  private static String mutated(Random random) {
    StringBuilder text =
        new StringBuilder(
            random.nextInt(4) == 0 ? PIECES.get(random.nextInt(PIECES.size())) : OURS);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(30));
      String piece =
          switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> text.substring(from, to) + text.substring(from, to);
            default -> PIECES.get(random.nextInt(PIECES.size()));
          };
      int token = text.indexOf("\"string\"", from);
      if (token >= 0 && random.nextBoolean()) {
        text.replace(token, token + "\"string\"".length(), piece);
      } else {
        text.replace(from, to, piece);
      }
    }
    return text.toString();
  }

  private static Throwable thrown(String schema, byte[] encoded) {
    byte[] value = ByteBuffer.allocate(5 + encoded.length).putInt(1, 7).put(5, encoded).array();
    RecordDecoder decoder = new SalesEventDecoder(id -> WriterSchema.of(schema));
    return catchThrowable(
        () -> decoder.decode(TopicRecord.create("sales_events", 0, 1, NOW, null, value), NOW));
  }
}
