package vn.phusa.pipelines.io.marketplace.spec;

import java.io.IOException;
import java.util.Locale;

/** A file of a feed, or its folder, holds more than it may; nothing more of it is read. */
public final class FeedLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  private FeedLimitException(String message) {
    super(message);
  }

  /**
   * What a file has too much of.
   *
   * @param what the predicate of a sentence with a number at "%,d", e.g. "has more than %,d bytes"
   * @param key the limit's key in the feed's description
   */
  public static FeedLimitException of(String what, long limit, String key) {
    return new FeedLimitException(
        String.format(Locale.ROOT, what, limit) + " (limits." + key + ")");
  }

  /** For what is no setting. */
  public static FeedLimitException of(String what) {
    return new FeedLimitException(what);
  }
}
