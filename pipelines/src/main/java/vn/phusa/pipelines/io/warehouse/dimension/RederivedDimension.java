package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.cleansing.CustomerDerivation;
import vn.phusa.transforms.cleansing.ProductDerivation;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.KeyHistory;

/**
 * Makes the versions of a dimension anew from what its sources said. Page by page in the order of
 * the keys, each in a transaction of its own and under the locks that loads take; a key whose rows
 * are as the rules have them is not written, so what was ended in the middle is begun again and
 * goes on. Facts get the keys of moved versions by {@link Rekeying}.
 */
public final class RederivedDimension {
  private static final int PAGE_KEYS = 2_000;

  /** The natural key of the row for what is not known. */
  private static final String UNKNOWN = "-1";

  private final DimensionSpec dimension;
  private final int pageKeys;

  RederivedDimension(DimensionSpec dimension, int pageKeys) {
    this.dimension = dimension;
    this.pageKeys = pageKeys;
  }

  /** Every dimension that rules derive. */
  public static List<RederivedDimension> all(Rules rules) {
    return List.of(
        new RederivedDimension(
            DimensionSpec.CUSTOMER.derivedBy(new CustomerDerivation(rules)), PAGE_KEYS),
        new RederivedDimension(
            DimensionSpec.PRODUCT.derivedBy(new ProductDerivation(rules)), PAGE_KEYS));
  }

  /**
   * What became of a page.
   *
   * @param lastKey the page after it begins behind this; null: there is none
   * @param read its keys
   * @param changed keys whose versions the rules make otherwise now
   * @param versionsOpened versions that begin by that
   * @param versionsClosed versions that end by that
   */
  public record Page(
      @Nullable String lastKey,
      long read,
      long changed,
      long versionsOpened,
      long versionsClosed) {}

  public String table() {
    return dimension.table();
  }

  /**
   * Does the keys behind one.
   *
   * @param connection with autocommit off; the caller commits
   * @param after the last key of the page before; empty for the first
   */
  public Page page(Connection connection, String after) throws SQLException {
    List<String> keys = keys(connection, after);
    if (keys.isEmpty()) {
      return new Page(null, 0, 0, 0, 0);
    }
    VersionRows.prepare(connection, dimension);
    DimensionLocks.take(connection, dimension, keys);
    Map<String, KeyHistory> stored =
        new TreeMap<>(new StoredHistories(dimension).read(connection, keys));
    VersionRows rows = new VersionRows(dimension);
    long changed = 0;
    for (Map.Entry<String, KeyHistory> key : stored.entrySet()) {
      KeyHistory.Update update = key.getValue().rederived(dimension);
      changed += update.diff().isEmpty() ? 0 : 1;
      rows.add(key.getKey(), key.getValue(), update);
    }
    rows.apply(connection);
    return new Page(
        keys.size() < pageKeys ? null : keys.get(keys.size() - 1),
        keys.size(),
        changed,
        rows.versionsOpened(),
        rows.versionsClosed());
  }

  private List<String> keys(Connection connection, String after) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            String.format(
                Locale.ROOT,
                "SELECT DISTINCT %1$s FROM %2$s WHERE %1$s > ? AND %1$s <> '%3$s'"
                    + " ORDER BY %1$s LIMIT %4$d",
                dimension.naturalKey(),
                dimension.table(),
                UNKNOWN,
                pageKeys))) {
      select.setString(1, after);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
    }
    return keys;
  }
}
