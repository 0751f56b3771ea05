package vn.phusa.options.address;

/**
 * A secret that is not where its reference says. The message names the reference, which is no
 * secret.
 */
public class UnresolvedSecretException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reference the reference as it was written
   * @param problem why it cannot be resolved, in a few words
   */
  public UnresolvedSecretException(String reference, String problem) {
    super(reference + " " + problem);
  }
}
