package vn.phusa.pipelines.io.staging;

import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;

/** The staging database cannot be used. The message is one line without secrets and data. */
public final class StagingUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** MongoDB's code. */
  private static final int OUT_OF_DISK_SPACE = 14_031;

  private final boolean isRetryable;

  private StagingUnusableException(String why, boolean isRetryable, Throwable cause) {
    super(why, cause);
    this.isRetryable = isRetryable;
  }

  /** What a failure of the driver means; its own messages name hosts and quote documents. */
  public static StagingUnusableException of(MongoException failure) {
    if (failure instanceof MongoSecurityException) {
      return new StagingUnusableException("user or password refused", false, failure);
    }
    if (failure instanceof MongoSocketReadTimeoutException) {
      return new StagingUnusableException(
          "did not answer for " + AnswerTimeout.limit().toSeconds() + " s", true, failure);
    }
    if (failure instanceof MongoTimeoutException || failure instanceof MongoSocketException) {
      return new StagingUnusableException("cannot be reached", true, failure);
    }
    if (failure.getCode() == OUT_OF_DISK_SPACE
        || String.valueOf(failure.getMessage()).contains("No space left on device")) {
      return new StagingUnusableException("its disk is full", true, failure);
    }
    return new StagingUnusableException(
        "refused a command (code " + failure.getCode() + ")", true, failure);
  }

  /** Whether it may be usable a little later. */
  public boolean isRetryable() {
    return isRetryable;
  }
}
