package vn.phusa.pipelines.io.warehouse.schema;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.rules.CalendarDay;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.GeographyRow;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/**
 * Fills the dimensions that come from the business rules: dim_time, dim_geography, dim_platform.
 */
public final class ReferenceDimensions {

  private static final Table<CalendarDay> TIME =
      new Table<>(
          "dim_time",
          List.of(
              new Column<>("time_key", "integer", CalendarDay::timeKey),
              new Column<>("date_value", "date", CalendarDay::date),
              new Column<>("day", "integer", CalendarDay::day),
              new Column<>("month", "integer", CalendarDay::month),
              new Column<>("quarter", "integer", CalendarDay::quarter),
              new Column<>("year", "integer", CalendarDay::year),
              new Column<>("day_of_week", "integer", CalendarDay::dayOfWeek),
              new Column<>("is_weekend", "boolean", CalendarDay::weekend),
              new Column<>("is_tet_season", "boolean", CalendarDay::tetSeason),
              new Column<>("is_shopping_festival", "boolean", CalendarDay::shoppingFestival),
              new Column<>("is_tet_holiday", "boolean", CalendarDay::tetHoliday),
              new Column<>("days_to_tet", "integer", CalendarDay::daysToTet),
              new Column<>("is_public_holiday", "boolean", CalendarDay::publicHoliday)));

  private static final Table<GeographyRow> GEOGRAPHY =
      new Table<>(
          "dim_geography",
          List.of(
              new Column<>("city", "text", GeographyRow::city),
              new Column<>("province", "text", GeographyRow::province),
              new Column<>("province_code", "text", GeographyRow::provinceCode),
              new Column<>("region", "text", GeographyRow::region),
              new Column<>("region6", "text", GeographyRow::region6),
              new Column<>("merged_into", "text", GeographyRow::mergedInto)));

  private static final Table<PlatformRow> PLATFORM =
      new Table<>(
          "dim_platform",
          List.of(
              new Column<>("platform", "text", PlatformRow::platform),
              new Column<>("commission_rate", "numeric", PlatformRow::newestRate)));

  private ReferenceDimensions() {}

  /** Whether the connection's user has the right to {@link #fill}. */
  static boolean mayFill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT bool_and(has_table_privilege(t, p))"
                    + " FROM unnest(ARRAY['dim_time', 'dim_geography', 'dim_platform']) t,"
                    + " unnest(ARRAY['INSERT', 'UPDATE']) p")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /**
   * Adds the rows that are missing and corrects those that differ; the others are not touched.
   * Existing rows keep their keys, and rows that the rules no longer know stay: facts may point to
   * them.
   *
   * @return how many rows were added or corrected
   */
  public static int fill(Connection connection, Rules rules) throws SQLException {
    List<PlatformRow> platforms =
        rules.platforms().stream()
            .map(name -> new PlatformRow(name, rules.commissions().rate(name, null)))
            .toList();
    return TIME.merge(connection, VietnameseCalendar.of(rules).calendarDays().toList())
        + GEOGRAPHY.merge(connection, Geography.of(rules).geographies())
        + PLATFORM.merge(connection, platforms);
  }

  private record PlatformRow(String platform, BigDecimal newestRate) {}

  private record Column<T>(String name, String type, Function<T, @Nullable Object> value) {}

  /** A table whose first column is its natural key. */
  private record Table<T>(String name, List<Column<T>> columns) {

    int merge(Connection connection, Collection<T> rows) throws SQLException {
      try (PreparedStatement merge = connection.prepareStatement(mergeSql())) {
        for (int i = 0; i < columns.size(); i++) {
          Column<T> column = columns.get(i);
          Object[] values = rows.stream().map(column.value()).toArray();
          merge.setArray(i + 1, connection.createArrayOf(column.type(), values));
        }
        return merge.executeUpdate();
      }
    }

    /**
     * Compares before it upserts: an ON CONFLICT whose WHERE is false still locks the row and draws
     * a key from the sequence.
     */
    private String mergeSql() {
      String key = columns.get(0).name();
      List<Column<T>> others = columns.subList(1, columns.size());
      return String.format(
              Locale.ROOT,
              "INSERT INTO %1$s AS old (%2$s) SELECT %3$s FROM unnest(%4$s) AS new (%2$s)",
              name,
              columns.stream().map(Column::name).collect(joining(", ")),
              columns.stream().map(column -> "new." + column.name()).collect(joining(", ")),
              columns.stream()
                  .map(column -> "CAST(? AS " + column.type() + "[])")
                  .collect(joining(", ")))
          + String.format(
              Locale.ROOT,
              " WHERE NOT EXISTS (SELECT FROM %1$s same WHERE same.%2$s = new.%2$s AND (%3$s) IS NOT DISTINCT FROM (%4$s))",
              name,
              key,
              list("same.", others),
              list("new.", others))
          + String.format(
              Locale.ROOT,
              " ORDER BY new.%1$s ON CONFLICT (%1$s) DO UPDATE SET %2$s",
              key,
              others.stream()
                  .map(column -> column.name() + " = excluded." + column.name())
                  .collect(joining(", ")));
    }

    private static <T> String list(String prefix, List<Column<T>> columns) {
      return columns.stream().map(column -> prefix + column.name()).collect(joining(", "));
    }
  }
}
