package vn.phusa.pipelines.io.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ForwardingAdmin;

/**
 * Kafka's administration client whose {@link #close()} has a limit. Kafka's own waits for as long
 * as a request is under way, and one to something that is no broker can stay so for ever.
 */
public final class LimitedAdmin extends ForwardingAdmin {
  private static final Duration MAX_CLOSE = Duration.ofSeconds(5);

  private LimitedAdmin(Map<String, Object> settings) {
    super(settings);
  }

  /** Makes a client; a {@link org.apache.kafka.common.KafkaException} where settings are wrong. */
  public static Admin of(Map<String, Object> settings) {
    return new LimitedAdmin(settings);
  }

  @Override
  public void close(Duration timeout) {
    super.close(timeout.compareTo(MAX_CLOSE) < 0 ? timeout : MAX_CLOSE);
  }
}
