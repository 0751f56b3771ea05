package vn.phusa.pipelines.io.warehouse.schema;

/** The warehouse's database cannot hold Vietnamese text. */
public final class WrongEncodingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param encoding the database's, as PostgreSQL names it
   */
  WrongEncodingException(String encoding) {
    super(
        "its encoding is "
            + encoding
            + ", which cannot hold all letters; create the database with ENCODING 'UTF8'");
  }
}
