package vn.phusa.transforms.errors;

import java.util.Arrays;

/**
 * What may be reported of a failure whose message is not ours, and may quote a row or a secret: its
 * class, and where in our code it arose.
 */
public final class FailureOrigin {
  private static final String OURS = "vn.phusa.";

  private FailureOrigin() {}

  /** The failure's class and place: "NullPointerException at ApiExtraction.java:42". */
  public static String describe(Throwable failure) {
    return failure.getClass().getSimpleName() + place(failure);
  }

  /** " at " and the file and line of our code that is nearest to it; empty if there is none. */
  public static String place(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(OURS))
        .findFirst()
        .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("");
  }
}
