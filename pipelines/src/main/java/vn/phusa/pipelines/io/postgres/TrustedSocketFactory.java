package vn.phusa.pipelines.io.postgres;

import org.postgresql.ssl.WrappedFactory;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.tls.Trust;

/** What the PostgreSQL driver makes TLS connections by; it makes this by its name. */
public final class TrustedSocketFactory extends WrappedFactory {

  /**
   * Called by the driver, with its property sslfactoryarg.
   *
   * @param file of authorities; empty: those of the JDK alone
   */
  public TrustedSocketFactory(String file) {
    factory =
        Trust.context(file.isEmpty() ? TrustedAuthorities.OF_JDK : new TrustedAuthorities(file))
            .getSocketFactory();
  }
}
