package vn.phusa.pipelines.io.oltp;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Gives the times of a result that name no zone the offset that they have in theirs. Texts without
 * an offset mean Vietnamese time everywhere behind the source. Whether the zone is a wrong one,
 * {@link ZoneEvidence} judges.
 */
final class NaiveTimes {
  private final ZoneId zone;
  private final boolean[] naive;
  private final boolean[] days;

  /**
   * @param modified the column of the time of modification, which may be a day, from 0 on
   */
  NaiveTimes(ResultSet result, int modified, ZoneId zone) throws SQLException {
    this.zone = zone;
    ResultSetMetaData columns = result.getMetaData();
    this.naive = new boolean[columns.getColumnCount()];
    this.days = new boolean[naive.length];
    if (zone.equals(PolledTable.DEFAULT_ZONE)) {
      return;
    }
    for (int i = 0; i < naive.length; i++) {
      String type = columns.getColumnTypeName(i + 1);
      naive[i] = type.equals("timestamp");
      days[i] = i == modified && type.equals("date");
    }
  }

  /** The value with its offset, where it is a naive time; else as it is. */
  @Nullable String withOffset(int column, @Nullable String value) {
    if (value == null || !(naive[column] || days[column])) {
      return value;
    }
    try {
      LocalDateTime time =
          days[column]
              ? LocalDate.parse(value).atStartOfDay()
              : LocalDateTime.parse(value.replace(' ', 'T'));
      String offset = zone.getRules().getOffset(time).getId();
      return (days[column] ? value + " 00:00:00" : value) + offset;
    } catch (DateTimeException e) {
      // Infinite ones, and years that are no year here: cleansing says what is wrong with them.
      return value;
    }
  }
}
