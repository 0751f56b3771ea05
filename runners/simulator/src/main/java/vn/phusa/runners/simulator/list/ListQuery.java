package vn.phusa.runners.simulator.list;

import java.util.function.IntPredicate;
import vn.phusa.runners.simulator.state.Kind;

/**
 * Which records a list has, and in which order.
 *
 * @param byUpdate whether the times are those of changes; else of creation
 * @param from the first second, included
 * @param to the last second, included
 * @param name distinguishes queries with different filters
 * @param filter what else holds of a record's number
 * @param order by what the records are ordered
 */
public record ListQuery(
    Kind kind,
    boolean byUpdate,
    long from,
    long to,
    String name,
    IntPredicate filter,
    Order order) {

  /** How records are ordered; by their numbers means by creation. */
  public enum Order {
    NUMBER,
    NUMBER_DOWN,
    UPDATED,
    UPDATED_DOWN
  }

  /** Every record of a kind. */
  public static ListQuery all(Kind kind) {
    return new ListQuery(
        kind, false, Long.MIN_VALUE, Long.MAX_VALUE, "", number -> true, Order.NUMBER);
  }

  public ListQuery times(boolean ofUpdate, long first, long last) {
    return new ListQuery(kind, ofUpdate, first, last, name, filter, order);
  }

  public ListQuery where(String filterName, IntPredicate holds) {
    return new ListQuery(
        kind, byUpdate, from, to, name + "|" + filterName, filter.and(holds), order);
  }

  public ListQuery ordered(Order value) {
    return new ListQuery(kind, byUpdate, from, to, name, filter, value);
  }

  /** What is the same for the same rows at the same time. */
  public String key() {
    return kind + " " + byUpdate + " " + from + " " + to + " " + name + " " + order;
  }
}
