package vn.phusa.transforms.rules;

import java.io.Serializable;
import java.time.MonthDay;
import java.util.List;

/**
 * The sales seasons, as days of every year.
 *
 * @param tet the fixed window of sales before and after the lunar new year
 * @param shoppingFestivals single days
 */
public record Seasons(Window tet, List<MonthDay> shoppingFestivals) implements Serializable {

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
