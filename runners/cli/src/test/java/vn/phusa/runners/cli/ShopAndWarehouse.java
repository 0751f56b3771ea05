package vn.phusa.runners.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.runners.cli.console.Console;
import vn.phusa.runners.cli.main.Commands;
import vn.phusa.runners.cli.main.Environment;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.run.Sleeper;
import vn.phusa.runners.samples.SampleShop;

/** An operational database, a warehouse, and the command line between them. */
public final class ShopAndWarehouse implements AutoCloseable {
  private final EmbeddedPostgres shopServer;
  private final EmbeddedPostgres warehouseServer;
  private final String shopName;
  private final String warehouseName;

  private ShopAndWarehouse(
      EmbeddedPostgres shopServer,
      String shopName,
      EmbeddedPostgres warehouseServer,
      String warehouseName)
      throws SQLException {
    this.shopServer = shopServer;
    this.warehouseServer = warehouseServer;
    this.shopName = shopName;
    this.warehouseName = warehouseName;
    shopServer.createDatabase(shopName);
    warehouseServer.createDatabase(warehouseName);
  }

  /** Both in one server. */
  public static ShopAndWarehouse in(EmbeddedPostgres server, String name) throws SQLException {
    return new ShopAndWarehouse(server, name + "_shop", server, name + "_warehouse");
  }

  /** Another warehouse of the same shop; closing it closes the shop too. */
  public ShopAndWarehouse withWarehouse(EmbeddedPostgres server, String name) throws SQLException {
    return new ShopAndWarehouse(shopServer, shopName, server, name);
  }

  /** How a command ended. */
  public record Ended(int code, String out, String err, String log) {
    /** All that a person could see of it. */
    public String all() {
      return out + err + log;
    }
  }

  /** A command on both databases, in this process. */
  public Ended load(String command, String... more) {
    List<String> arguments = new ArrayList<>(loadArguments(command));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  /** A command on the warehouse alone. */
  public Ended onWarehouse(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(warehouseArguments());
    arguments.addAll(List.of(more));
    return run(arguments.toArray(new String[0]));
  }

  /** The words of a load, for a process of its own too. */
  public List<String> loadArguments(String command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(shopArguments());
    arguments.addAll(warehouseArguments());
    return arguments;
  }

  public List<String> shopArguments() {
    return List.of(
        "--oltpUrl=" + shopServer.jdbcUrl(shopName),
        "--oltpUser=" + shopServer.user(),
        "--oltpPassword=" + SecretReference.toFile(shopServer.passwordFile()));
  }

  public List<String> warehouseArguments() {
    return List.of(
        "--warehouseUrl=" + warehouseServer.jdbcUrl(warehouseName),
        "--warehouseUser=" + warehouseServer.user(),
        "--warehousePassword=" + SecretReference.toFile(warehouseServer.passwordFile()));
  }

  /** Any words, as a user types them after ./phusa. */
  public static Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (CapturedLog log = CapturedLog.begin()) {
      Console console = new Console(stream(out), stream(err), false, 100);
      ExitCode code =
          new Phusa(
                  Commands.all(),
                  () -> new Environment(Clock.systemUTC()),
                  console,
                  Clock.systemUTC(),
                  Sleeper.REAL)
              .run(arguments);
      return new Ended(
          code.number(),
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8),
          log.text());
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** The tables of the operational database, empty. */
  public void createShopTables() throws SQLException, IOException {
    try (InputStream file = SampleShop.class.getResourceAsStream("oltp.sql")) {
      executeInShop(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  public Connection shop() throws SQLException {
    return shopServer.connect(shopName);
  }

  /** With the session's settings that records are read with. */
  public Connection shopAsRead() throws SQLException {
    return Postgres.openSource(
        new DatabaseAddress(
            "operational database",
            "oltpUrl",
            shopServer.jdbcUrl(shopName),
            shopServer.user(),
            SecretReference.toFile(shopServer.passwordFile())),
        PolledTable.DEFAULT_ZONE);
  }

  public DatabaseAddress warehouseAddress() {
    return new DatabaseAddress(
        "warehouse",
        "warehouseUrl",
        warehouseServer.jdbcUrl(warehouseName),
        warehouseServer.user(),
        SecretReference.toFile(warehouseServer.passwordFile()));
  }

  public Connection warehouse() throws SQLException {
    return Postgres.open(warehouseAddress());
  }

  public void executeInShop(String sql) throws SQLException {
    try (Connection connection = shop()) {
      execute(connection, sql);
    }
  }

  public void executeInWarehouse(String sql) throws SQLException {
    try (Connection connection = warehouse()) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public List<List<String>> shopRows(String sql) throws SQLException {
    try (Connection connection = shop()) {
      return rows(connection, sql);
    }
  }

  public List<List<String>> warehouseRows(String sql) throws SQLException {
    try (Connection connection = warehouse()) {
      return rows(connection, sql);
    }
  }

  public long countInWarehouse(String sql) throws SQLException {
    return Long.parseLong(warehouseRows(sql).get(0).get(0));
  }

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(values);
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    warehouseServer.dropDatabase(warehouseName);
    shopServer.dropDatabase(shopName);
  }
}
