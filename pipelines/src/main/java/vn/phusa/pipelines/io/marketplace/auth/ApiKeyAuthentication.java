package vn.phusa.pipelines.io.marketplace.auth;

import java.util.List;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** A key in a header of the platform's choice. */
public final class ApiKeyAuthentication implements AuthenticationStrategy {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "apiKeyHeader";
  }

  @Override
  public List<Credential> credentials() {
    return Credential.secrets("key");
  }

  @Override
  public List<String> neededKeys() {
    return List.of("header");
  }

  @Override
  public Authentication authentication(AuthenticationContext context) {
    String header = context.key("header");
    String key = context.needed("key");
    return context.signedBy((call, none, now) -> call.with(header, key));
  }
}
