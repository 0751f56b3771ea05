package vn.phusa.pipelines.io.marketplace.auth;

import java.time.Clock;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.staging.Staging;

/** Makes a platform's authentication of its description, by the strategy that this names. */
public final class AuthenticationFactory {
  private AuthenticationFactory() {}

  /**
   * @throws vn.phusa.options.address.UnresolvedSecretException if a secret is not where its
   *     reference says
   */
  public static Authentication of(
      String name,
      Marketplace marketplace,
      TokenCalls calls,
      Staging staging,
      Clock clock,
      WaitBudget.Sleeper sleeper) {
    return marketplace
        .auth()
        .kind()
        .as(AuthenticationStrategy.class)
        .authentication(
            new AuthenticationContext(name, marketplace, calls, staging, clock, sleeper));
  }
}
