package vn.phusa.runners.local.live;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import vn.phusa.options.DatabaseAddress;

/** Connections to where an address points. */
final class Databases {
  private Databases() {}

  /** Opens a connection whenever one is asked for; the password is resolved now. */
  static DataSource open(DatabaseAddress address) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address.url());
    source.setApplicationName("phusa");
    if (address.user() != null) {
      source.setUser(address.user());
    }
    if (address.password() != null) {
      source.setPassword(address.password().resolve());
    }
    return source;
  }
}
