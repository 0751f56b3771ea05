package vn.phusa.pipelines.io.marketplace.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A way to authenticate, as far as a description and its check know it. */
public interface AuthKind extends Kind {

  /** The credentials that must be given. */
  List<Credential> credentials();

  /**
   * What an authorisation by a person begins with: any of them may be given, and none has to be
   * once there are tokens of it. Empty: no person takes part.
   */
  default List<Credential> grants() {
    return List.of();
  }

  /** The keys beside "kind" and "credentials" that must be there. */
  default List<String> neededKeys() {
    return List.of();
  }

  /** Those that may be there. */
  default List<String> optionalKeys() {
    return List.of();
  }

  /**
   * What else is wrong with a description: one line without secrets that begins with the key. What
   * must be there is there; empty: nothing is wrong.
   */
  default Optional<String> problem(AuthSpec auth) {
    return Optional.empty();
  }

  /** The credential of a name; empty: this kind has none. */
  default Optional<Credential> credential(String name) {
    return Stream.concat(credentials().stream(), grants().stream())
        .filter(credential -> credential.name().equals(name))
        .findFirst();
  }
}
