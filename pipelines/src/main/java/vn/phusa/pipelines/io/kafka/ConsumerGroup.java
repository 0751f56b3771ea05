package vn.phusa.pipelines.io.kafka;

import java.io.Serializable;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.KafkaAddress;

/**
 * A consumer group, whose offsets say how far one warehouse is. Each that is committed names the
 * warehouse: two that shared a group would each continue where the other was, and miss what it
 * read.
 *
 * @param id its name in Kafka
 * @param warehouse whose offsets they are
 * @param isNew whether it had committed nothing, of no topic, when it was looked up
 */
public record ConsumerGroup(String id, String warehouse, boolean isNew) implements Serializable {
  /** Other programs put other texts there. */
  private static final String WAREHOUSE = "phusa warehouse ";

  /**
   * Looks a group up.
   *
   * @param topics those that are to be read by it
   * @throws InvalidOptionException if it has committed one of them for another warehouse
   * @throws KafkaException if Kafka does not answer, or refuses
   */
  public static ConsumerGroup find(
      KafkaAddress address, String id, String warehouse, Collection<String> topics) {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(address, id);
    ConsumerGroup group = new ConsumerGroup(id, warehouse, committed.isEmpty());
    committed.forEach(
        (partition, offset) -> {
          if (topics.contains(partition.topic()) && group.isOfAnother(offset)) {
            throw new InvalidOptionException(
                "consumerGroup",
                String.format(
                    Locale.ROOT,
                    "%s is how far another warehouse has read %s; give this one a group of its own, or,"
                        + " if it was restored from that one, commit the offsets anew"
                        + " (docs/streaming.md)",
                    id,
                    partition.topic()));
          }
        });
    return group;
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(KafkaAddress address, String id) {
    try (Admin admin = KafkaClients.admin(address)) {
      return admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refusal ? refusal : new KafkaException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private boolean isOfAnother(OffsetAndMetadata committed) {
    String metadata = committed.metadata();
    return metadata.startsWith(WAREHOUSE) && !metadata.equals(metadata());
  }

  private String metadata() {
    return WAREHOUSE + warehouse;
  }

  /** What is committed of a partition where this offset comes next. */
  public OffsetAndMetadata commit(long offset) {
    return new OffsetAndMetadata(offset, metadata());
  }
}
