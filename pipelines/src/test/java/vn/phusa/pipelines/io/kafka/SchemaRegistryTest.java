package vn.phusa.pipelines.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {

  @Test
  void aSchemaIsAskedForOnce() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.put(3, "{\"type\": \"string\"}");
      SchemaRegistry registry = new SchemaRegistry(server.url());
      assertThat(registry.find(3)).isEqualTo("{\"type\": \"string\"}");
      assertThat(registry.find(3)).isEqualTo("{\"type\": \"string\"}");
      assertThat(registry.find(4)).isNull();
      assertThat(registry.find(4)).isNull();
      assertThat(server.timesAsked()).isEqualTo(2);
    }
  }

  @Test
  void aRegistryThatFailsForAWhileIsAskedAgain() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.put(5, "{}");
      server.failNext(3);
      assertThat(new SchemaRegistry(server.url()).find(5)).isEqualTo("{}");
      assertThat(server.timesAsked()).isEqualTo(4);
    }
  }

  @Test
  void aRegistryThatStaysAwayFailsTheCaller() throws Exception {
    String url;
    try (FakeRegistry server = FakeRegistry.start()) {
      url = server.url();
    }
    SchemaRegistry registry = new SchemaRegistry(url, Duration.ofMillis(500));
    assertThatThrownBy(() -> registry.find(6)).hasCauseInstanceOf(ConnectException.class);
  }
}
