package vn.phusa.runners.jobs.failure;

/**
 * A command line that cannot be obeyed. The message is one line that names the command or option.
 */
public class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
