package vn.phusa.pipelines.io.marketplace.auth;

import java.util.List;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** A token that was given once and for all. */
public final class BearerAuthentication implements AuthenticationStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "bearer";
  }

  @Override
  public List<Credential> credentials() {
    return Credential.secrets("token");
  }

  @Override
  public Authentication authentication(AuthenticationContext context) {
    String token = context.needed("token");
    return context.signedBy((call, none, now) -> call.with("Authorization", "Bearer " + token));
  }
}
