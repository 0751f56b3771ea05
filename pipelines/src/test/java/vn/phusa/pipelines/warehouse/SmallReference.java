package vn.phusa.pipelines.warehouse;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;

/** Two years, three cities and two platforms. */
record SmallReference(
    List<TimeRow> days, List<GeographyRow> geographies, List<PlatformRow> platforms)
    implements ReferenceRows {

  static SmallReference defaults() {
    return new SmallReference(
        LocalDate.of(2024, 1, 1)
            .datesUntil(LocalDate.of(2026, 1, 1))
            .map(SmallReference::day)
            .toList(),
        List.of(
            new GeographyRow("Hanoi", "Hanoi", "01", "North", "Red River", "Hanoi"),
            new GeographyRow("Nha Trang", "Khanh Hoa", "56", "Central", null, "Khanh Hoa"),
            new GeographyRow(
                "Ho Chi Minh City", "Ho Chi Minh City", "79", "South", null, "Ho Chi Minh City")),
        List.of(
            new PlatformRow("Shopee", new BigDecimal("0.055")),
            new PlatformRow("Tiki", new BigDecimal("0.08"))));
  }

  SmallReference withPlatforms(List<PlatformRow> others) {
    return new SmallReference(days, geographies, others);
  }

  private static TimeRow day(LocalDate date) {
    MonthDay day = MonthDay.from(date);
    boolean season = !day.isBefore(MonthDay.of(1, 21)) && !day.isAfter(MonthDay.of(2, 20));
    boolean festival = date.getMonthValue() >= 9 && date.getMonthValue() == date.getDayOfMonth();
    return new TimeRow(date, season, festival, false, 0, false);
  }
}
