package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import vn.phusa.options.address.SchemaName;
import vn.phusa.transforms.rules.Rules;

/** Creates and upgrades the tables, and says whether they are there. */
public final class WarehouseSchema {

  /** The version of the newest script in {@code db/migration}; a test holds the two together. */
  static final MigrationVersion NEWEST = MigrationVersion.fromVersion("21");

  /**
   * Flyway's own record of what was applied. Not its default name: the database may belong to an
   * application that uses Flyway itself.
   */
  static final String HISTORY_TABLE = "phusa_schema_history";

  private WarehouseSchema() {}

  /**
   * What a migration did.
   *
   * @param from the version that was there; null: none
   * @param to the version that is there now
   */
  public record Migration(@Nullable String from, String to, @Nullable RegisteredRules otherRules) {}

  /**
   * Brings the schema to the newest version, puts the rules into force, fills the reference
   * dimensions and what lines of before lack, creates the marts that are missing and gives the
   * roles that an administrator may have made ({@link WarehouseRoles#sql}) their rights, all in one
   * transaction: a migration that was ended in the middle has done nothing. A schema that is
   * missing is created; one that already holds other tables is accepted and those are left alone.
   * Doing it again changes nothing.
   *
   * @param warehouse connections of whoever may create its tables; names without a schema mean
   *     those of the warehouse's
   * @param schema the warehouse's
   * @param rules what the reference dimensions are filled from
   * @return what it did; from and to are equal when the schema was up to date
   * @throws org.flywaydb.core.api.FlywayException when a script fails, or the applied scripts are
   *     not those of this program
   * @throws SQLException when the user may not create tables, or the reference dimensions cannot be
   *     filled
   * @throws MissingRightException when the schema is missing and the user may not create it
   * @throws WrongEncodingException when the database cannot hold all letters
   */
  public static Migration migrate(DataSource warehouse, SchemaName schema, Rules rules)
      throws SQLException {
    try (Connection connection = warehouse.getConnection()) {
      requireUtf8(connection);
      String before =
          appliedVersion(connection, schema).map(MigrationVersion::getVersion).orElse(null);
      connection.setAutoCommit(false);
      RegisteredRules others;
      try {
        if (before == null) {
          requireRightToCreate(connection, schema);
        }
        flyway(new OneTransaction(connection), schema).migrate();
        others = RegisteredRules.register(connection, rules).orElse(null);
        ReferenceDimensions.fill(connection, rules);
        StatusGroupBackfill.fill(connection, rules);
        MartDefinitions.createMissing(connection);
        WarehouseRoles.grant(connection, schema);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
      return new Migration(
          before, appliedVersion(connection, schema).orElseThrow().getVersion(), others);
    }
  }

  /**
   * Fills the reference dimensions by other rules, where the user has the right to.
   *
   * @return whether it has
   */
  public static boolean fillReferenceDimensions(Connection connection, Rules rules)
      throws SQLException {
    boolean may = ReferenceDimensions.mayFill(connection);
    if (may) {
      ReferenceDimensions.fill(connection, rules);
    }
    return may;
  }

  private static Flyway flyway(DataSource warehouse, SchemaName schema) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(warehouse)
            .locations("classpath:db/migration")
            .defaultSchema(schema.name())
            .table(HISTORY_TABLE)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .placeholderReplacement(false)
            .validateMigrationNaming(true);
    return schema.equals(SchemaName.PUBLIC)
        ? configuration.load()
        : configuration.resourceProvider(new SchemaMigrations(configuration, schema)).load();
  }

  /**
   * Returns if the schema is at least as new as this program.
   *
   * @throws SchemaNotMigratedException otherwise; its message is one line for the user
   * @throws WrongEncodingException when the database cannot hold all letters
   */
  public static void requireMigrated(Connection connection, SchemaName schema) throws SQLException {
    requireUtf8(connection);
    Optional<MigrationVersion> applied = appliedVersion(connection, schema);
    if (applied.isEmpty()) {
      throw new SchemaNotMigratedException(
          "the warehouse has no schema yet: run the command migrate first");
    }
    if (applied.get().compareTo(NEWEST) < 0) {
      throw new SchemaNotMigratedException(
          "the warehouse's schema has version "
              + applied.get()
              + ", this program needs "
              + NEWEST
              + ": run the command migrate first");
    }
  }

  private static void requireUtf8(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_encoding")) {
      row.next();
      if (!row.getString(1).equals("UTF8")) {
        throw new WrongEncodingException(row.getString(1));
      }
    }
  }

  /** Flyway would try for ten seconds, and then not say why. */
  private static void requireRightToCreate(Connection connection, SchemaName schema)
      throws SQLException {
    try (Statement probe = connection.createStatement()) {
      if (!exists(connection, "to_regnamespace(?)", schema.quoted())) {
        create(probe, schema);
      }
      String table = schema.qualified("phusa_right_to_create");
      probe.execute("CREATE TABLE " + table + " ()");
      probe.execute("DROP TABLE " + table);
    }
  }

  private static void create(Statement statement, SchemaName schema) throws SQLException {
    try {
      statement.execute("CREATE SCHEMA " + schema.quoted());
    } catch (SQLException e) {
      if (!"42501".equals(e.getSQLState())) {
        throw e;
      }
      throw new MissingRightException(
          String.format(
              Locale.ROOT,
              "there is no schema %s, and user %s may not create it;"
                  + " ./phusa migrate --roles --warehouseSchema=%1$s prints what does",
              schema,
              statement.getConnection().getMetaData().getUserName()));
    }
  }

  private static Optional<MigrationVersion> appliedVersion(Connection connection, SchemaName schema)
      throws SQLException {
    if (!exists(connection, "to_regclass(?)", schema.qualified(HISTORY_TABLE))) {
      return Optional.empty();
    }
    MigrationVersion newest = null;
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT version FROM "
                    + schema.qualified(HISTORY_TABLE)
                    + " WHERE success AND version IS NOT NULL AND type <> 'BASELINE'");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        MigrationVersion version = MigrationVersion.fromVersion(rows.getString(1));
        newest = newest == null || version.compareTo(newest) > 0 ? version : newest;
      }
    }
    return Optional.ofNullable(newest);
  }

  private static boolean exists(Connection connection, String lookUp, String name)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + lookUp + " IS NOT NULL")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }
}
