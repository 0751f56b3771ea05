package vn.phusa.pipelines.io.marketplace.feed;

import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimits;

/** Counts the characters and rejected rows of one file against its limits. Not thread-safe. */
final class FileBudget {
  private final FeedLimits limits;
  private long staged;
  private long rejected;
  private long rejectedCharacters;

  FileBudget(FeedLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts a record that goes to staging.
   *
   * @throws FeedLimitException if it is too much
   */
  void stage(String record) throws FeedLimitException {
    staged += record.length();
    if (staged > limits.inflatedBytes()) {
      throw FeedLimitException.of(
          "has more than %,d characters", limits.inflatedBytes(), "inflatedBytes");
    }
  }

  /**
   * Counts a row before it goes to the dead letters.
   *
   * @throws FeedLimitException if it is one too many: the row is not kept then
   */
  void reject(String payload) throws FeedLimitException {
    rejected++;
    rejectedCharacters += payload.length();
    if (rejected > limits.rejectedRows()) {
      throw FeedLimitException.of(
          "has more than %,d rejected rows", limits.rejectedRows(), "rejectedRows");
    }
    if (rejectedCharacters > limits.rejectedCharacters()) {
      throw FeedLimitException.of(
          "has rejected rows of more than %,d characters",
          limits.rejectedCharacters(), "rejectedCharacters");
    }
  }
}
