package vn.phusa.pipelines.io.waiting;

/**
 * What a service reports of itself, asked beside an attempt that waits for it.
 *
 * @param state what that means for the attempt
 * @param words the end of a sentence about the service, for a person
 */
public record Finding(State state, String words) {

  /** What it means for an attempt. */
  public enum State {
    /** The service has not forgotten the attempt: it is waited for. */
    AT_WORK,
    /** The service has nothing to do for the attempt: its answer was lost. */
    LOST,
    /** Nobody knows. */
    UNKNOWN
  }

  /** There was no answer. */
  public static final Finding NONE = new Finding(State.UNKNOWN, "it does not answer");
}
