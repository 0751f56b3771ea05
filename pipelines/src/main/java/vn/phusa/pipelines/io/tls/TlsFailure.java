package vn.phusa.pipelines.io.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.TrustedAuthorities;

/**
 * Why there is no TLS connection.
 *
 * @param line what a person should know; it holds nothing of the server's
 * @param isRetryable whether it may be gone a little later, as when the connection was cut; what
 *     does not pass happened before anything was sent
 */
public record TlsFailure(String line, boolean isRetryable) {
  /** The certificate does not name the host. */
  public static final TlsFailure OTHER_HOST =
      lasting("the server's certificate names another host");

  private static final TlsFailure UNKNOWN_AUTHORITY =
      lasting(
          "the server's certificate comes from no trusted authority (--"
              + TrustedAuthorities.OPTION
              + " names a private one)");

  private static TlsFailure lasting(String why) {
    return new TlsFailure("TLS failed: " + why, false);
  }

  /** The failure; empty if neither it nor one of its causes is one of TLS. */
  public static Optional<TlsFailure> of(Throwable failure) {
    TlsFailure found = null;
    boolean isTls = false;
    Set<Throwable> seen = new HashSet<>();
    for (Throwable e = failure; e != null && seen.add(e); e = e.getCause()) {
      isTls |= e instanceof SSLException || e instanceof CertificateException;
      TlsFailure known = known(e);
      // The innermost is what it was about.
      found = known == null ? found : known;
    }
    if (!isTls) {
      return Optional.empty();
    }
    return Optional.of(found == null ? new TlsFailure("TLS failed", true) : found);
  }

  private static @Nullable TlsFailure known(Throwable e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof CertificateExpiredException) {
      return lasting("the server's certificate has expired");
    }
    if (e instanceof CertificateNotYetValidException) {
      return lasting("the server's certificate is not valid yet");
    }
    if (e instanceof CertPathBuilderException) {
      return UNKNOWN_AUTHORITY;
    }
    if (e instanceof CertificateException) {
      // The JDK's check of names throws the plain class; its texts are the same in every language.
      return message.contains("subject alternative") || message.startsWith("no name matching")
          ? OTHER_HOST
          : lasting("the server's certificate is not accepted");
    }
    return e instanceof SSLException ? ofProtocol(message) : null;
  }

  private static @Nullable TlsFailure ofProtocol(String message) {
    if (message.contains("unsupported or unrecognized ssl message")) {
      return lasting("the server does not speak TLS at this port");
    }
    if (message.contains("protocol_version") || message.contains("no appropriate protocol")) {
      return lasting("the server offers no version of TLS that is safe");
    }
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return lasting("the server asks for a client's certificate");
    }
    return null;
  }
}
