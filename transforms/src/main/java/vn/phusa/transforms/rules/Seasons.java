package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.time.MonthDay;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The sales seasons, as days of every year.
 *
 * @param tet the fixed window of sales before and after the lunar new year
 * @param aroundTet instead of the fixed window: the days around the lunar new year itself; null
 *     leaves the fixed one in force
 * @param shoppingFestivals single days
 */
public record Seasons(Window tet, @Nullable AroundTet aroundTet, List<MonthDay> shoppingFestivals)
    implements Serializable {

  /**
   * A season that moves with the lunar new year's first day.
   *
   * @param daysBefore how many days before it the season begins
   * @param daysAfter how many days after it the season ends; 0 ends it on that day
   */
  public record AroundTet(Integer daysBefore, Integer daysAfter) implements Serializable {

    public AroundTet {
      RulesException.required(daysBefore, "seasons.aroundTet.daysBefore");
      RulesException.required(daysAfter, "seasons.aroundTet.daysAfter");
      RulesException.check(
          daysBefore >= 0 && daysAfter >= 0 && daysBefore + daysAfter < 300,
          "rules: \"seasons.aroundTet\" is a number of days before and after, below 300 in all");
    }
  }

  /**
   * Days of a year, both ends included; one that ends before it begins passes the new year.
   *
   * @param from its first day
   * @param to its last day
   */
  public record Window(MonthDay from, MonthDay to) implements Serializable {

    public Window {
      RulesException.required(from, "from");
      RulesException.required(to, "to");
    }

    boolean contains(MonthDay day) {
      boolean started = day.compareTo(from) >= 0;
      boolean notOver = day.compareTo(to) <= 0;
      return from.compareTo(to) <= 0 ? started && notOver : started || notOver;
    }
  }

  public Seasons {
    RulesException.required(tet, "seasons.tet");
    shoppingFestivals =
        List.copyOf(RulesException.required(shoppingFestivals, "seasons.shoppingFestivals"));
  }
}
