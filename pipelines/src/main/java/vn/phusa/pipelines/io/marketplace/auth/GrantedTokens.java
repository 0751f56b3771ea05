package vn.phusa.pipelines.io.marketplace.auth;

import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** Tokens that an authorisation by a person begins and that are renewed one by the other. */
public final class GrantedTokens implements TokenSource {
  /** What an authorisation begins with; one of them. */
  public static final List<Credential> GRANTS =
      Credential.secrets("refreshToken", "code", "accessToken");

  private static final long A_YEAR = 365L * 86_400;

  private final AuthenticationContext context;
  private final String secret;
  private final Call call;
  private final TokenAnswer answer;

  /**
   * @param secret that stored tokens are encrypted under
   * @param call gets a token after another
   */
  public GrantedTokens(
      AuthenticationContext context, String secret, Call call, TokenAnswer answer) {
    this.context = context;
    this.secret = secret;
    this.call = call;
    this.answer = answer;
  }

  /** Makes the request when it is sent, since timestamps are part of it. */
  @FunctionalInterface
  public interface Call {
    /**
     * @param refresh the newest refresh token; null: the authorization code is what there is
     */
    HttpCall make(@Nullable String refresh, Instant now);
  }

  @Override
  public String secret() {
    return secret;
  }

  @Override
  public @Nullable String grant() {
    for (Credential credential : GRANTS) {
      String grant = context.credential(credential.name());
      if (grant != null) {
        return grant;
      }
    }
    return null;
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public Token get(@Nullable Token old, Runnable beforeSending) throws InterruptedException {
    String access = context.credential("accessToken");
    if (old == null && access != null) {
      Instant now = context.clock().instant();
      return Token.living(access, context.credential("refreshToken"), now, A_YEAR);
    }
    return context.calls().token(now -> call.make(refreshToken(old), now), answer, beforeSending);
  }

  private @Nullable String refreshToken(@Nullable Token old) {
    String refresh = old == null ? context.credential("refreshToken") : old.refresh();
    if (refresh == null && (old != null || context.credential("code") == null)) {
      throw new TokenRefusedException("there is no refresh token and no code");
    }
    return refresh;
  }
}
