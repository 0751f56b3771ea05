package vn.phusa.pipelines.io.warehouse.schema;

/**
 * The warehouse's schema is missing, or older than the program: {@code migrate} has to run first.
 */
public final class SchemaNotMigratedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SchemaNotMigratedException(String message) {
    super(message);
  }
}
