package vn.phusa.pipelines.io.kafka;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import vn.phusa.options.address.KafkaAddress;

/** Checks whether topics are there, before a pipeline waits for one that never comes. */
public final class TopicCheck {
  private static final int TIMEOUT_SECONDS = 10;

  private TopicCheck() {}

  /**
   * Checks once.
   *
   * @param refusal makes of a line on what is wrong, and of its cause, which may be null, what is
   *     thrown
   * @throws E if a topic is not there or cannot be seen, or Kafka does not answer
   */
  public static <E extends RuntimeException> void require(
      KafkaAddress address, Collection<String> topics, BiFunction<String, Exception, E> refusal) {
    Set<String> there;
    try (Admin admin = KafkaClients.admin(address)) {
      there = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw refusal.apply("the topics cannot be listed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal.apply("the listing of the topics was interrupted", e);
    }
    for (String topic : topics) {
      if (!there.contains(topic)) {
        throw refusal.apply("there is no topic " + topic, null);
      }
    }
  }
}
