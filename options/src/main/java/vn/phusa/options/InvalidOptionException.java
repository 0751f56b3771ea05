package vn.phusa.options;

/** A value that an option cannot have. The message is one line that names the option. */
public class InvalidOptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String option;

  /**
   * @param option the option's name without dashes
   * @param problem what is wrong, as it follows "--option: "; never holds a secret
   */
  public InvalidOptionException(String option, String problem) {
    this("--", option, problem);
  }

  private InvalidOptionException(String prefix, String option, String problem) {
    super(prefix + option + ": " + problem);
    this.option = option;
  }

  /**
   * Of a system property, which is given as {@code -Dname=value}.
   *
   * @param name the property's name
   * @param problem what is wrong, as it follows "-Dname: "; never holds a secret
   */
  public static InvalidOptionException ofProperty(String name, String problem) {
    return new InvalidOptionException("-D", name, problem);
  }

  /** The option's name, without dashes. */
  public String option() {
    return option;
  }
}
