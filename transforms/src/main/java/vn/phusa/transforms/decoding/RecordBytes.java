package vn.phusa.transforms.decoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RefusedException;
import vn.phusa.transforms.model.TopicRecord;

/** The bytes of a record's value, once it is known that it has any and not too many. */
final class RecordBytes {

  /** What a Kafka broker takes by default; no event comes near. */
  static final int MAX_BYTES = 1 << 20;

  private RecordBytes() {}

  static byte[] of(TopicRecord record) throws RefusedException {
    byte[] value = record.getValue();
    if (value == null) {
      throw new RefusedException(Reason.NO_VALUE, "the record has no value");
    }
    if (value.length == 0) {
      throw new RefusedException(Reason.EMPTY_VALUE, "the record's value is empty");
    }
    if (value.length > MAX_BYTES) {
      throw new RefusedException(
          Reason.TOO_LARGE,
          "the record's value has " + value.length + " bytes, more than " + MAX_BYTES);
    }
    return value;
  }

  /** The bytes as text; a decoder that replaces what is wrong would lose it. */
  static String utf8(byte[] bytes) throws RefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(Reason.INVALID_UTF8, "the record's value is no UTF-8 text");
    }
  }
}
