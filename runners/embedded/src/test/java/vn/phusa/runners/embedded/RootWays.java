package vn.phusa.runners.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.runners.embedded.home.BinaryCache;
import vn.phusa.runners.embedded.home.HomeFolder;
import vn.phusa.runners.embedded.process.UnprivilegedLaunch;

/**
 * Another JVM that runs PostgreSQL in one of root's ways, so that it can be run with fewer rights.
 */
final class RootWays {
  private RootWays() {}

  /** The command line for a way of {@link UnprivilegedLaunch#FOR_ROOT}. */
  static List<String> line(Path home, int way) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        RootWays.class.getName(),
        home.toString(),
        Integer.toString(way));
  }

  /** The command line for root that may do what it may, but not look where modes forbid it. */
  static List<String> withoutOverride(String... command) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-dac_override,-dac_read_search"));
    line.addAll(List.of(command));
    return line;
  }

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    UnprivilegedLaunch way = UnprivilegedLaunch.FOR_ROOT.get(Integer.parseInt(arguments[1]));
    HomeFolder folder = HomeFolder.of(home);
    folder.close();
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            folder.path(), false, BinaryCache.forHome(folder.path()), List.of(way))) {
      postgres.createDatabase("shop");
      try (Connection connection = postgres.connect("shop");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS t AS SELECT 42 AS n");
      }
      postgres.kill();
      postgres.restart();
      try (Connection connection = postgres.connect("shop");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT n FROM t")) {
        if (!rows.next() || rows.getInt(1) != 42) {
          throw new AssertionError("the data are not there");
        }
      }
    }
  }
}
