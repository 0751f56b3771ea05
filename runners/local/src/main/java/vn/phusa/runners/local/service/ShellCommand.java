package vn.phusa.runners.local;

import java.util.Properties;
import org.postgresql.Driver;
import vn.phusa.runners.local.backend.EmbeddedStores;

/** How to look into an embedded database with psql, without the password being shown. */
final class PsqlCommand {
  private PsqlCommand() {}

  static String of(EmbeddedStores.Database database) {
    Properties parsed = Driver.parseURL(database.url(), null);
    return "PGPASSWORD=$(cat %s) psql -h %s -p %s -U %s %s"
        .formatted(
            quoted(database.passwordFile().toString()),
            parsed.getProperty("PGHOST"),
            parsed.getProperty("PGPORT"),
            database.user(),
            database.name());
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
