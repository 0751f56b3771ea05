package vn.phusa.runners.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.EmbeddedServices;

@WithEmbeddedServices
class EmbeddedServicesExtensionIT {
  private final FreshDatabase ofTheClass;

  EmbeddedServicesExtensionIT(FreshDatabase database) {
    this.ofTheClass = database;
  }

  @Test
  void givesOneServerAndOneDatabase(
      EmbeddedServices services, EmbeddedPostgres postgres, FreshDatabase database)
      throws Exception {
    assertThat(services.postgres()).isSameAs(postgres);
    assertThat(database).isEqualTo(ofTheClass);
    assertThat(database.toString()).doesNotContain(postgres.password());
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n int)");
    }
  }

  @Test
  void killsOnRequest(EmbeddedPostgres postgres, FreshDatabase database) throws Exception {
    postgres.kill();
    postgres.restart();
    try (Connection connection = database.connect()) {
      assertThat(connection.isValid(10)).isTrue();
    }
  }

  @Nested
  class Inside {
    @Test
    void isTheSameDatabase(FreshDatabase database) {
      assertThat(database).isEqualTo(ofTheClass);
    }
  }
}
