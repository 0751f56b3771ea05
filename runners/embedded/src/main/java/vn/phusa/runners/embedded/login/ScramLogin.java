package vn.phusa.runners.embedded.login;

import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;

/**
 * The server's side of a login with SCRAM-SHA-256, for the one user of an embedded service. Kafka
 * makes it by its name, for it keeps its own users in the cluster's metadata, which the
 * controller's listener cannot read and a storage that was formatted before does not have.
 */
public final class ScramLogin implements AuthenticateCallbackHandler {
  /** The only user. */
  public static final String USER = "phusa";

  /** What a client and a server must both name. */
  public static final String MECHANISM = ScramMechanism.SCRAM_SHA_256.mechanismName();

  private ScramCredential credential;

  /** For Kafka, which calls {@link #configure} next. */
  public ScramLogin() {}

  /** For whoever has the password at hand. */
  public static ScramLogin of(String password) {
    ScramLogin login = new ScramLogin();
    login.credential = credential(password);
    return login;
  }

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
    credential = credential((String) entries.get(0).getOptions().get("password"));
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    String user = null;
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        user = name.getDefaultName();
      } else if (callback instanceof ScramCredentialCallback asked) {
        asked.scramCredential(USER.equals(user) ? credential : null);
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {}

  private static ScramCredential credential(String password) {
    ScramMechanism mechanism = ScramMechanism.SCRAM_SHA_256;
    try {
      return new ScramFormatter(mechanism).generateCredential(password, mechanism.minIterations());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has HmacSHA256
    }
  }
}
