package vn.phusa.pipelines.io.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import vn.phusa.options.address.DatabaseAddress;

/** Connections as {@link Postgres#open} opens them, which resolves the secret each time. */
final class AddressDataSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;

  private final DatabaseAddress address;

  AddressDataSource(DatabaseAddress address) {
    this.address = address;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return Postgres.open(address);
  }
}
