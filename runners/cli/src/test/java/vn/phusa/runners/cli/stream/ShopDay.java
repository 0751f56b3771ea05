package vn.phusa.runners.cli.stream;

import java.sql.Connection;

/** What happened in a shop since the day before. */
@FunctionalInterface
public interface ShopDay {
  /** Makes the operational tables hold what they did at the day's end. */
  void applyTo(Connection shop) throws Exception;
}
