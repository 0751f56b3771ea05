package vn.phusa.transforms.model;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A record of a Kafka topic as the broker holds it: bytes, nothing interpreted yet.
 *
 * <p>The arrays are shared with whoever made it and are never to be changed.
 */
@AutoValue
@DefaultCoder(TopicRecordCoder.class)
public abstract class TopicRecord {

  public abstract String getTopic();

  public abstract int getPartition();

  public abstract long getOffset();

  /** Kafka's record time in microseconds since 1970-01-01 UTC; negative where there is none. */
  public abstract long getTimestampMicros();

  @SuppressWarnings("mutable")
  public abstract byte @Nullable [] getKey();

  /** Null for a tombstone. */
  @SuppressWarnings("mutable")
  public abstract byte @Nullable [] getValue();

  /** Where it stands: "topic/partition/offset". */
  public String position() {
    return SourcePosition.inTopic(getTopic(), getPartition(), getOffset()).text();
  }

  public static TopicRecord create(
      String topic,
      int partition,
      long offset,
      long timestampMicros,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    return new AutoValue_TopicRecord(topic, partition, offset, timestampMicros, key, value);
  }
}
