package vn.phusa.pipelines.io.postgres;

import java.sql.SQLException;
import vn.phusa.options.address.DatabaseAddress;

/** A database failed for longer than retries last; it knows which one. */
public final class DatabaseFailedException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final String service;
  private final String option;

  public DatabaseFailedException(DatabaseAddress address, SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause);
    this.service = address.service();
    this.option = address.option();
  }

  /** What the database is to a person: "warehouse". */
  public String service() {
    return service;
  }

  /** The option that names it, without dashes. */
  public String option() {
    return option;
  }

  /** What the driver threw. */
  public SQLException failure() {
    return (SQLException) getCause();
  }
}
