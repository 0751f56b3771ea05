package vn.phusa.pipelines.io.kafka.source;

import java.util.OptionalLong;

/**
 * How far one partition is, and its time: the timestamps of its elements never go back, and where
 * nothing comes any more time passes all the same.
 *
 * <p>An element's timestamp is Kafka's record time, but no later than the present: a producer whose
 * clock is wrong must not push the watermark. What the event itself says has no part in it, since
 * it is not yet known to be sane.
 */
final class PartitionProgress {
  private final long end;
  private final long idleMillis;
  private long offset;
  private long clock;
  private long lastRecordAt;

  /**
   * @param clock the timestamp of the element before, which none may precede
   * @param end the offset that is not read any more; {@link Long#MAX_VALUE} for none
   * @param lastRecordAt since when no record has come from here, milliseconds since 1970-01-01 UTC
   */
  PartitionProgress(long offset, long clock, long end, long idleMillis, long lastRecordAt) {
    this.offset = offset;
    this.clock = clock;
    this.end = end;
    this.idleMillis = idleMillis;
    this.lastRecordAt = lastRecordAt;
  }

  long offset() {
    return offset;
  }

  long clock() {
    return clock;
  }

  boolean isAtEnd() {
    return offset >= end;
  }

  /**
   * Takes a record.
   *
   * @param floor the watermark that was reported already: no element is late by itself
   * @return the element's timestamp
   */
  long take(long recordOffset, long recordMillis, long floor, long now) {
    offset = recordOffset + 1;
    lastRecordAt = now;
    long sane = recordMillis < 0 ? now : Math.min(recordMillis, now);
    clock = Math.max(Math.max(sane, floor), clock);
    return clock;
  }

  /**
   * Skips to where the consumer stands: markers of transactions and what compaction removed are no
   * records. Never beyond the end: the consumer may stand there already, but nothing from there was
   * delivered, and checkpoints commit this offset.
   */
  void skipTo(long position) {
    offset = Math.max(offset, Math.min(position, end));
  }

  /**
   * The time before which nothing comes from here.
   *
   * @param left how many records there are to read at present; empty where that is not known
   */
  long watermark(OptionalLong left, long now) {
    if (left.isEmpty()) {
      return clock;
    }
    if (left.getAsLong() > 0) {
      lastRecordAt = now;
    }
    return now - lastRecordAt >= idleMillis ? Math.max(clock, now - idleMillis) : clock;
  }
}
