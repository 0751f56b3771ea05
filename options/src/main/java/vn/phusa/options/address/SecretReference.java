package vn.phusa.options.address;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.phusa.options.InvalidOptionException;

/**
 * Where a secret stands: {@code ${env:NAME}}, {@code ${file:/path}} (the file's text without the
 * line ends after it) or {@code ${file:/path:key}} (the value of its line {@code key=value}, taken
 * literally). Only the reference travels in a pipeline's graph; {@link #resolve} is called where
 * the secret is used.
 */
public final class SecretReference implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern ENV = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern FILE = Pattern.compile("\\$\\{file:(/.*?)(?::([^:/]+))?}");

  private final String reference;

  private SecretReference(String reference) {
    this.reference = reference;
  }

  /**
   * Reads a reference, without looking at what it refers to.
   *
   * @param option the name of the option that holds it, for the error
   * @throws InvalidOptionException for anything else, above all for a secret written out
   */
  public static SecretReference parse(String option, String text) {
    if (!ENV.matcher(text).matches() && !FILE.matcher(text).matches()) {
      throw new InvalidOptionException(
          option,
          "a secret is never given literally; give ${env:NAME}, ${file:/path} or ${file:/path:key}");
    }
    return new SecretReference(text);
  }

  /** The reference that stands for a whole file. */
  public static SecretReference toFile(Path file) {
    return new SecretReference("${file:" + file.toAbsolutePath() + "}");
  }

  /**
   * The secret itself. To be called on the worker, and never to be kept in a field that is
   * serialized.
   *
   * @throws UnresolvedSecretException if there is nothing where the reference points
   */
  public String resolve() {
    Matcher env = ENV.matcher(reference);
    if (env.matches()) {
      String value = System.getenv(env.group(1));
      if (value == null) {
        throw new UnresolvedSecretException(reference, "is not set in the environment");
      }
      return value;
    }
    Matcher file = FILE.matcher(reference);
    if (!file.matches()) {
      throw new IllegalStateException("not a reference");
    }
    String key = file.group(2);
    return key == null ? text(Path.of(file.group(1))) : line(Path.of(file.group(1)), key);
  }

  private String text(Path file) {
    return read(file).replaceFirst("[\\r\\n]+$", "");
  }

  private String line(Path file, String key) {
    List<String> values =
        read(file)
            .lines()
            .map(String::strip)
            .filter(line -> line.contains("="))
            .filter(line -> line.substring(0, line.indexOf('=')).strip().equals(key))
            .map(line -> line.substring(line.indexOf('=') + 1).strip())
            .toList();
    if (values.isEmpty()) {
      throw new UnresolvedSecretException(reference, "has no such key in the file");
    }
    return values.get(0);
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UnresolvedSecretException(reference, "is not UTF-8 text");
    } catch (IOException e) {
      String problem = Files.exists(file) ? "cannot be read" : "does not exist";
      throw new UnresolvedSecretException(reference, problem);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretReference that && that.reference.equals(reference);
  }

  @Override
  public int hashCode() {
    return Objects.hash(reference);
  }

  /** The reference as it was written, which is no secret. */
  @Override
  public String toString() {
    return reference;
  }
}
