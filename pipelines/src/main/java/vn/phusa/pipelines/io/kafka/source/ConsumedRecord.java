package vn.phusa.pipelines.io.kafka.source;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import vn.phusa.transforms.model.TopicRecord;

/** What a consumer read, as the pipelines know it. */
final class ConsumedRecord {
  private static final long NO_TIME = -1;

  private ConsumedRecord() {}

  static TopicRecord of(ConsumerRecord<byte[], byte[]> record) {
    return TopicRecord.create(
        record.topic(),
        record.partition(),
        record.offset(),
        micros(record.timestamp()),
        record.key(),
        record.value());
  }

  /**
   * A producer may say any time: one beyond the range of microseconds stays as far in the future.
   */
  private static long micros(long recordMillis) {
    return recordMillis < 0 ? NO_TIME : TimeUnit.MILLISECONDS.toMicros(recordMillis);
  }
}
