package vn.phusa.runners.embedded.marketplace;

import java.util.List;

/**
 * A part of a list.
 *
 * @param rows the records' numbers; the complement of a number stands for an older row of it
 * @param total how many rows the whole list has
 * @param next the offset after this page
 */
record ListPage(List<Integer> rows, int total, int next) {
  boolean more() {
    return next < total;
  }
}
