package vn.phusa.pipelines.io.kafka.source;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What a poll of one topic brought, taken one by one. */
final class PolledRecords {
  private final Iterator<ConsumerRecord<byte[], byte[]>> records;
  private final Map<Integer, Integer> left = new HashMap<>();

  PolledRecords(ConsumerRecords<byte[], byte[]> polled) {
    this.records = polled.iterator();
    polled
        .partitions()
        .forEach(partition -> left.put(partition.partition(), polled.records(partition).size()));
  }

  static PolledRecords none() {
    return new PolledRecords(ConsumerRecords.empty());
  }

  boolean hasNext() {
    return records.hasNext();
  }

  ConsumerRecord<byte[], byte[]> next() {
    ConsumerRecord<byte[], byte[]> next = records.next();
    left.merge(next.partition(), -1, Integer::sum);
    return next;
  }

  /** How many records of the partition are not taken yet. */
  int left(int partition) {
    return left.getOrDefault(partition, 0);
  }
}
