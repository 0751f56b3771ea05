package vn.phusa.pipelines.io.warehouse.fact;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.phusa.pipelines.io.warehouse.fact.FactTable.Lookup;

/** The keys of the small dimensions that a fact table refers to by name. */
final class Places {
  private static final long MISSING = -1;

  private final List<Map<String, Long>> keys = new ArrayList<>();

  private Places() {}

  /** Reads them as they are now. */
  static Places read(Connection connection, List<Lookup> lookups) throws SQLException {
    Places places = new Places();
    try (Statement statement = connection.createStatement()) {
      for (Lookup lookup : lookups) {
        Map<String, Long> keys = new HashMap<>();
        try (ResultSet rows =
            statement.executeQuery(
                String.format(
                    Locale.ROOT,
                    "SELECT %s, %s FROM %s",
                    lookup.nameColumn(),
                    lookup.keyColumn(),
                    lookup.table()))) {
          while (rows.next()) {
            keys.put(rows.getString(1), rows.getLong(2));
          }
        }
        places.keys.add(keys);
      }
    }
    return places;
  }

  int count() {
    return keys.size();
  }

  /** -1 where the dimension does not know the name. */
  long key(FactRow row, int lookup) {
    return keys.get(lookup).getOrDefault(row.origin().places()[lookup], MISSING);
  }

  /** A place that the dimension did not know and now does makes the row another one. */
  long hash(FactRow row) {
    long hash = row.rowHash();
    for (int l = 0; l < keys.size(); l++) {
      hash = 31 * hash + key(row, l);
    }
    return hash;
  }
}
