package vn.phusa.runners.local.live;

import java.util.List;
import vn.phusa.pipelines.warehouse.GeographyRow;
import vn.phusa.pipelines.warehouse.PlatformRow;
import vn.phusa.pipelines.warehouse.ReferenceRows;
import vn.phusa.pipelines.warehouse.TimeRow;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.rules.VietnameseCalendar;

/** What the business rules say about days, cities and platforms, as the warehouse takes it. */
final class RuledReferenceRows implements ReferenceRows {
  private final Rules rules;

  RuledReferenceRows(Rules rules) {
    this.rules = rules;
  }

  @Override
  public List<TimeRow> days() {
    return VietnameseCalendar.of(rules)
        .calendarDays()
        .map(
            day ->
                new TimeRow(
                    day.date(),
                    day.tetSeason(),
                    day.shoppingFestival(),
                    day.tetHoliday(),
                    day.daysToTet(),
                    day.publicHoliday()))
        .toList();
  }

  @Override
  public List<GeographyRow> geographies() {
    return Geography.of(rules).geographies().stream()
        .map(
            row ->
                new GeographyRow(
                    row.city(),
                    row.province(),
                    row.provinceCode(),
                    row.region(),
                    row.region6(),
                    row.mergedInto()))
        .toList();
  }

  @Override
  public List<PlatformRow> platforms() {
    return rules.commissions().platforms().keySet().stream()
        .sorted()
        // The newest rate: the dimension shows what holds now.
        .map(name -> new PlatformRow(name, rules.commissions().rate(name, null)))
        .toList();
  }
}
