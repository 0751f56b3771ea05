package vn.phusa.transforms.mapping;

/** A mapping that cannot be used. The message is one line that names the platform and the key. */
public final class MappingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  MappingException(String platform, String what) {
    super("mapping of " + platform + ": " + what.lines().findFirst().orElse("").strip());
  }
}
