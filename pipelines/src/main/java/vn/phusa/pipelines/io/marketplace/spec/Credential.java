package vn.phusa.pipelines.io.marketplace.spec;

import java.util.List;
import java.util.stream.Stream;

/**
 * A credential that a kind of authentication knows.
 *
 * @param name its key under "credentials"
 * @param isSecret whether it is given as a reference only. Others stand in every request for all to
 *     see: they may be written out
 * @param isNumber whether it is a part of requests as a number
 */
public record Credential(String name, boolean isSecret, boolean isNumber) {

  public static Credential secret(String name) {
    return new Credential(name, true, false);
  }

  public static List<Credential> secrets(String... names) {
    return Stream.of(names).map(Credential::secret).toList();
  }

  public static Credential shown(String name) {
    return new Credential(name, false, false);
  }

  public static Credential shownNumber(String name) {
    return new Credential(name, false, true);
  }

  /** Whether a text can be its value, once it is resolved. */
  boolean allows(String value) {
    return !isNumber || value.matches("[0-9]{1,18}");
  }
}
