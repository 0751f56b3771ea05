package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

@WithEmbeddedServices
class WarehouseIdentityIT {

  @Test
  void itIsTheDatabasesAndNotTheAddresses(EmbeddedPostgres postgres) throws Exception {
    String url = postgres.createDatabase("identity_one");
    String other = postgres.createDatabase("identity_two");
    String identity = identity(postgres, url);

    assertThat(identity).matches("\\d+/\\d+").isNotEqualTo(identity(postgres, other));
    assertThat(identity(postgres, url.replace("127.0.0.1", "localhost") + "?sslmode=disable"))
        .isEqualTo(identity);

    postgres.dropDatabase("identity_two");
    try (Connection server = postgres.connect("postgres");
        Statement statement = server.createStatement()) {
      statement.execute("ALTER DATABASE identity_one RENAME TO identity_two");
    }
    assertThat(identity(postgres, other)).isEqualTo(identity);
    postgres.dropDatabase("identity_two");
  }

  @Test
  void schemasOfADatabaseAreWarehousesOfTheirOwn(EmbeddedPostgres postgres) throws Exception {
    String url = postgres.createDatabase("identity_of_schemas");
    String identity = identity(postgres, url);
    String inSchema = url + "?currentSchema=";
    try (Connection connection = postgres.connect("identity_of_schemas");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA one");
      statement.execute("CREATE SCHEMA two");
      String one = identity(postgres, inSchema + "one");
      assertThat(one).startsWith(identity + "/").matches("\\d+/\\d+/\\d+");
      assertThat(identity(postgres, inSchema + "two")).startsWith(identity + "/").isNotEqualTo(one);
      assertThat(identity(postgres, inSchema + "public")).isEqualTo(identity);

      statement.execute("ALTER SCHEMA one RENAME TO three");
      assertThat(identity(postgres, inSchema + "three")).isEqualTo(one);
    }
    postgres.dropDatabase("identity_of_schemas");
  }

  @Test
  void aRoleWithoutRightsMayAsk(EmbeddedPostgres postgres) throws Exception {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE identity_reader");
      statement.execute("SET ROLE identity_reader");
      String identity = WarehouseIdentity.of(connection);
      assertThat(WarehouseIdentity.historyOf(connection))
          .isEqualTo(identity.replaceFirst("/", "/1/"));

      connection.setAutoCommit(false);
      statement.execute("RESET ROLE");
      statement.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
      statement.execute("SET ROLE identity_reader");
      assertThat(identity).endsWith(WarehouseIdentity.of(connection)).matches("\\d+/\\d+");
      assertThat(WarehouseIdentity.of(connection)).matches("/\\d+");
      assertThat(WarehouseIdentity.historyOf(connection)).matches("/\\d+/\\d+");

      statement.execute("RESET ROLE");
      statement.execute("REVOKE EXECUTE ON FUNCTION pg_control_checkpoint() FROM PUBLIC");
      statement.execute("SET ROLE identity_reader");
      assertThat(WarehouseIdentity.historyOf(connection)).matches("//\\d+");
      connection.rollback();
      connection.setAutoCommit(true);

      statement.execute("RESET ROLE");
      statement.execute("DROP ROLE identity_reader");
    }
  }

  private static String identity(EmbeddedPostgres postgres, String url) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(url, postgres.user(), postgres.password())) {
      return WarehouseIdentity.of(connection);
    }
  }
}
