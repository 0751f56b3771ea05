package vn.phusa.runners.simulator.list;

import java.util.List;

/**
 * A part of a list.
 *
 * @param rows the records' numbers; the complement of a number stands for an older row of it
 * @param total how many rows the whole list has
 * @param next the offset after this page
 */
public record ListPage(List<Integer> rows, int total, int next) {
  public boolean more() {
    return next < total;
  }
}
