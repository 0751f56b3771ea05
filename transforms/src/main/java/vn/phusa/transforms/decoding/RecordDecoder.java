package vn.phusa.transforms.decoding;

import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.model.TopicRecord;

/** Understands the values of one topic. Not safe for several threads. */
public interface RecordDecoder {

  /** The system that the records come from, as they name it. */
  String source();

  /**
   * The record, its fields as text.
   *
   * @param nowMicros the present, microseconds since 1970-01-01 UTC: what is a day or more later is
   *     rejected
   * @throws RejectedException when the bytes cannot be used
   */
  SourceRecord decode(TopicRecord record, long nowMicros) throws RejectedException;
}
