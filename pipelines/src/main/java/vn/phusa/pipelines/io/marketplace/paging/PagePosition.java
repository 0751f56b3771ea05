package vn.phusa.pipelines.io.marketplace.paging;

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
 * @param pages how many pages of the list were read before
 * @param landmark the token of one of them; pages that lead back to it lead in a circle
 */
public record PagePosition(
    Instant from,
    Instant to,
    Instant end,
    long number,
    String token,
    @Nullable Long total,
    long pages,
    String landmark) {

  /** Before the first page of a list. */
  static PagePosition first(Instant from, Instant to, Instant end, long number) {
    return new PagePosition(from, to, end, number, "", null, 0, "");
  }

  /**
   * The position of the next page.
   *
   * <p>Its token becomes the landmark whenever the number of pages is a power of two: by and by the
   * landmark lies within any circle, and far enough back for it to be seen whole (Brent).
   */
  PagePosition next(long nextNumber, String nextToken, @Nullable Long nextTotal) {
    long before = pages + 1;
    return new PagePosition(
        from,
        to,
        end,
        nextNumber,
        nextToken,
        nextTotal,
        before,
        Long.bitCount(before) == 1 ? nextToken : landmark);
  }
}
