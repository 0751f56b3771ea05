package vn.phusa.pipelines.io.marketplace.auth;

import vn.phusa.pipelines.io.marketplace.spec.AuthKind;

/**
 * A way to authenticate: what a description says of it, and what proves to the platform who sends a
 * request. Registered in {@code META-INF/services} as {@link AuthKind}.
 */
public interface AuthenticationStrategy extends AuthKind {

  /**
   * Makes the authentication of a platform whose description was checked.
   *
   * @throws vn.phusa.options.address.UnresolvedSecretException if a secret is not where its
   *     reference says
   * @throws vn.phusa.pipelines.io.marketplace.http.MarketplaceException if a credential is not
   *     given
   */
  Authentication authentication(AuthenticationContext context);
}
