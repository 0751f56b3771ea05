package vn.phusa.pipelines.io.kafka.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.kafka.FakeRegistry;
import vn.phusa.transforms.decoding.WriterSchema;

class SchemaRegistryTest {

  @Test
  void aSchemaIsAskedForOnce() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.put(3, "{\"type\": \"string\"}");
      SchemaRegistry registry = new SchemaRegistry(server.url(), TrustedAuthorities.OF_JDK);
      assertThat(registry.find(3)).isEqualTo(WriterSchema.of("{\"type\": \"string\"}"));
      assertThat(registry.find(3)).isEqualTo(WriterSchema.of("{\"type\": \"string\"}"));
      assertThat(registry.find(4)).isNull();
      assertThat(registry.find(4)).isNull();
      assertThat(server.timesAsked()).isEqualTo(2);
    }
  }

  @Test
  void anAnswerWithoutAnEndIsNoSchemaAndNotKept() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.put(8, "x".repeat(3 << 20));
      assertThat(new SchemaRegistry(server.url(), TrustedAuthorities.OF_JDK).find(8))
          .isEqualTo(WriterSchema.of(""));
    }
  }

  @Test
  void aRegistryThatFailsForAWhileIsAskedAgain() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.put(5, "{}");
      server.failNext(3);
      assertThat(new SchemaRegistry(server.url(), TrustedAuthorities.OF_JDK).find(5))
          .isEqualTo(WriterSchema.of("{}"));
      assertThat(server.timesAsked()).isEqualTo(4);
    }
  }

  @Test
  void whatASchemaRefersToComesBeforeIt() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.put(10, "sale", "vn.phusa/place", "money");
      server.putSubject("vn.phusa%2Fplace", "place", "city");
      server.putSubject("city", "city");
      server.putSubject("money", "money", "city");
      SchemaRegistry registry = new SchemaRegistry(server.url(), TrustedAuthorities.OF_JDK);
      assertThat(registry.find(10))
          .isEqualTo(new WriterSchema("sale", List.of("city", "place", "money")));
      assertThat(registry.find(10)).isNotNull();
      assertThat(server.timesAsked()).isEqualTo(4);
    }
  }

  @Test
  void referencesThatAreMissingOrGoRoundAreNoSchemaOrEnd() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.put(11, "sale", "gone");
      server.put(12, "sale", "a");
      server.putSubject("a", "a", "b");
      server.putSubject("b", "b", "a");
      SchemaRegistry registry = new SchemaRegistry(server.url(), TrustedAuthorities.OF_JDK);
      assertThat(registry.find(11)).isEqualTo(WriterSchema.of(""));
      assertThat(registry.find(12)).isEqualTo(new WriterSchema("sale", List.of("b", "a")));
    }
  }

  /** A proxy's page, or a registry's own answer for a path that it does not have. */
  @Test
  void whatIsNotFoundWithoutTheRegistrysWordIsNoUnknownSchema() throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.failNext(Integer.MAX_VALUE, 404);
      SchemaRegistry registry =
          new SchemaRegistry(server.url(), TrustedAuthorities.OF_JDK, Duration.ofMillis(500));
      assertThatThrownBy(() -> registry.find(13)).isInstanceOf(RegistryUnusableException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRegistryThatRefusesAccessIsNotAskedAgain(int status) throws Exception {
    try (FakeRegistry server = FakeRegistry.start()) {
      server.failNext(Integer.MAX_VALUE, status);
      SchemaRegistry registry = new SchemaRegistry(server.url(), TrustedAuthorities.OF_JDK);
      assertThatThrownBy(() -> registry.find(7))
          .isInstanceOf(RegistryUnusableException.class)
          .hasMessage("the schema registry refuses access (answers " + status + ")");
      assertThat(server.timesAsked()).isEqualTo(1);
    }
  }

  @Test
  void aRegistryThatStaysAwayFailsTheCaller() throws Exception {
    String url;
    try (FakeRegistry server = FakeRegistry.start()) {
      url = server.url();
    }
    SchemaRegistry registry =
        new SchemaRegistry(url, TrustedAuthorities.OF_JDK, Duration.ofMillis(500));
    assertThatThrownBy(() -> registry.find(6))
        .isInstanceOf(RegistryUnusableException.class)
        .hasCauseInstanceOf(ConnectException.class);
  }
}
