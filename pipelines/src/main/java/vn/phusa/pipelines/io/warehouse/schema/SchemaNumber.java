package vn.phusa.pipelines.io.warehouse.schema;

/**
 * Tells warehouses of one database apart, by the schema that unqualified names mean in a session,
 * as expressions of SQL. What belongs to the database as a whole (advisory locks, what others keep
 * of which warehouse it was) has to be told apart by them.
 */
public final class SchemaNumber {
  /**
   * A number of 32 bits, as bigint. That of public is 0, since there were warehouses before there
   * were other schemas: its locks and its identity stay what they were.
   */
  public static final String NUMBER =
      "coalesce((SELECT oid::bigint FROM pg_catalog.pg_namespace"
          + " WHERE nspname = current_schema() AND nspname <> 'public'), 0)";

  /** As a text to be appended to another; empty for public. */
  public static final String SUFFIX = "coalesce('/' || nullif(" + NUMBER + ", 0), '')";

  private SchemaNumber() {}

  /** An advisory lock's number, by which warehouses of one database have a lock each. */
  public static String lock(long number) {
    return "(" + number + " # (" + NUMBER + " << 32))";
  }
}
