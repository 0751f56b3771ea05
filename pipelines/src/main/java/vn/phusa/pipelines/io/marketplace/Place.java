package vn.phusa.pipelines.io.marketplace;

import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where an extraction stands: before a page of a list.
 *
 * @param from the beginning of the list's period
 * @param to its end
 * @param end the end of the whole extraction, fixed when it began, so that its set is stable
 * @param number the page's number or offset
 * @param token the page's cursor or token; empty at the first
 * @param total how many records the page before said that there are; null: nothing
 */
record Place(
    Instant from, Instant to, Instant end, long number, String token, @Nullable Long total) {

  Place at(long nextNumber, String nextToken, @Nullable Long nextTotal) {
    return new Place(from, to, end, nextNumber, nextToken, nextTotal);
  }
}
