package vn.phusa.runners.cli.retail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.runners.cli.Launch;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.samples.SampleShop;

/** An operational database and a warehouse, both dropped at the end. */
final class RetailShop implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final String operational;
  private final String warehouse;

  private RetailShop(EmbeddedPostgres postgres, String name) {
    this.postgres = postgres;
    this.operational = name + "_shop";
    this.warehouse = name + "_warehouse";
  }

  /** With empty tables on both sides. */
  static RetailShop open(EmbeddedPostgres postgres, String name) throws SQLException, IOException {
    RetailShop shop = new RetailShop(postgres, name);
    shop.close(); // what a killed run left behind
    postgres.createDatabase(shop.operational);
    postgres.createDatabase(shop.warehouse);
    try (Connection connection = postgres.connect(shop.operational);
        Statement statement = connection.createStatement();
        InputStream schema = SampleShop.class.getResourceAsStream("oltp.sql")) {
      statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    }
    Launch.succeeds(shop.arguments("migrate", false, List.of()));
    return shop;
  }

  /** Makes the operational tables hold what they did at the end of a day. */
  void holds(RetailTables tables) throws SQLException, IOException {
    try (Connection connection = postgres.connect(operational)) {
      tables.replaceIn(connection);
    }
  }

  /** A command that reads the operational database and writes the warehouse. */
  void phusa(String command, String... options) {
    Launch.succeeds(arguments(command, true, List.of(options)));
  }

  Warehouse warehouse() {
    return new Warehouse(postgres, warehouse);
  }

  private String[] arguments(String command, boolean operationalToo, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(address("warehouse", warehouse));
    if (operationalToo) {
      arguments.addAll(address("oltp", operational));
    }
    arguments.addAll(options);
    return arguments.toArray(new String[0]);
  }

  private List<String> address(String service, String database) {
    return List.of(
        "--" + service + "Url=" + postgres.jdbcUrl(database),
        "--" + service + "User=" + postgres.user(),
        "--" + service + "Password=${file:" + postgres.passwordFile().toAbsolutePath() + "}");
  }

  @Override
  public void close() throws SQLException {
    postgres.dropDatabase(operational);
    postgres.dropDatabase(warehouse);
  }
}
