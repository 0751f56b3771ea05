package vn.phusa.pipelines.io.marketplace.spec;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.SecretReference;
import vn.phusa.options.address.UnresolvedSecretException;

/**
 * How a marketplace's requests prove who sends them.
 *
 * @param kind the way
 * @param credentials by their names; references to secrets, but for names that are none
 * @param keys what else is given, by its key: "tokenPath"; also what only other kinds know
 */
public record AuthSpec(AuthKind kind, Map<String, String> credentials, Map<String, String> keys)
    implements Serializable {

  public AuthSpec {
    credentials =
        credentials == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(credentials));
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /**
   * A credential itself: to be called on the worker, and never to be kept where it is serialized.
   *
   * @return null where it is not given
   * @throws vn.phusa.options.address.UnresolvedSecretException if there is none where the reference
   *     points
   */
  public @Nullable String credential(String name) {
    String text = credentials.get(name);
    if (text == null) {
      return null;
    }
    return isWrittenOut(kind.credential(name), text)
        ? text
        : SecretReference.parse("marketplaces", text).resolve();
  }

  /** What a key says; null where it is not given. */
  public @Nullable String key(String name) {
    return keys.get(name);
  }

  private static boolean isWrittenOut(Optional<Credential> credential, String text) {
    return credential.isPresent() && !credential.get().isSecret() && !text.startsWith("${");
  }

  void check(String where) {
    InvalidSpecException.check(kind != null, where + ".kind is missing");
    for (String key : kind.neededKeys()) {
      SpecValidation.present(where + "." + key, keys.get(key));
    }
    InvalidSpecException.checkNone(kind.problem(this), where + ".");
    if (!credentials.isEmpty()) {
      credentials.forEach((name, text) -> checkCredential(where + ".credentials." + name, name));
      for (Credential needed : kind.credentials()) {
        String name = needed.name();
        SpecValidation.present(where + ".credentials." + name, credentials.get(name));
      }
      // What an authorisation began with is not needed any more when there are tokens of it.
    }
  }

  private void checkCredential(String where, String name) {
    Optional<Credential> credential = kind.credential(name);
    InvalidSpecException.check(credential.isPresent(), where + " is no credential of this kind");
    String text = credentials.get(name);
    SpecValidation.present(where, text);
    if (isWrittenOut(credential, text)) {
      InvalidSpecException.check(credential.get().allows(text), where + " is no number");
      return;
    }
    try {
      SecretReference.parse("marketplaces", text);
    } catch (InvalidOptionException e) {
      throw new InvalidSpecException(
          where
              + ": a secret is never given literally; give ${env:NAME}, ${file:/path} or"
              + " ${file:/path:key}");
    }
  }

  /** Refuses credentials that are not where their references say, or not what they should be. */
  void checkSecrets(String where) {
    for (String name : credentials.keySet()) {
      try {
        String value = credential(name);
        InvalidSpecException.check(!value.isEmpty(), where + ".credentials." + name + " is empty");
        InvalidSpecException.check(
            kind.credential(name).orElseThrow().allows(value),
            where + ".credentials." + name + " is no number");
      } catch (UnresolvedSecretException e) {
        throw new InvalidSpecException(where + ".credentials." + name + ": " + e.getMessage());
      }
    }
  }
}
