package vn.phusa.transforms.decoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.TopicRecord;

/** The bytes of a record's value, once it is known that it has any and not too many. */
final class RecordBytes {

  /**
   * No event comes near, and what is made of one fits into a Kafka topic as it comes (1 MB): as
   * JSON that escapes every character, which takes six bytes for one, and that says the payment
   * method twice.
   */
  static final int MAX_EVENT_BYTES = 64 << 10;

  /** What a Kafka topic takes as it comes. */
  static final int MAX_ROW_BYTES = 1 << 20;

  private RecordBytes() {}

  /** Of an event. */
  static byte[] of(TopicRecord record) throws RejectedException {
    return of(record, MAX_EVENT_BYTES);
  }

  /** Of a change of a table, whose rows may hold long texts. */
  static byte[] ofRow(TopicRecord record) throws RejectedException {
    return of(record, MAX_ROW_BYTES);
  }

  private static byte[] of(TopicRecord record, int most) throws RejectedException {
    byte[] value = record.getValue();
    if (value == null) {
      throw new RejectedException(Reason.NO_VALUE, "the record has no value");
    }
    if (value.length == 0) {
      throw new RejectedException(Reason.EMPTY_VALUE, "the record's value is empty");
    }
    if (value.length > most) {
      throw new RejectedException(
          Reason.TOO_LARGE, "the record's value has " + value.length + " bytes, more than " + most);
    }
    return value;
  }

  /** The bytes as text; a decoder that replaces what is wrong would lose it. */
  static String utf8(byte[] bytes) throws RejectedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedException(Reason.INVALID_UTF8, "the record's value is no UTF-8 text");
    }
  }
}
