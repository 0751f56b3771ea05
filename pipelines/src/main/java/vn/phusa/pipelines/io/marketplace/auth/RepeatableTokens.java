package vn.phusa.pipelines.io.marketplace.auth;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Tokens of which the credentials give any number. */
public final class RepeatableTokens implements TokenSource {
  private final TokenCalls calls;
  private final String secret;
  private final TokenCalls.Maker call;
  private final TokenAnswer answer;

  /**
   * @param secret that stored tokens are encrypted under
   * @param call gets a token
   */
  public RepeatableTokens(
      AuthenticationContext context, String secret, TokenCalls.Maker call, TokenAnswer answer) {
    this.calls = context.calls();
    this.secret = secret;
    this.call = call;
    this.answer = answer;
  }

  @Override
  public String secret() {
    return secret;
  }

  @Override
  public @Nullable String grant() {
    return null;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public Token get(@Nullable Token old, Runnable beforeSending) throws InterruptedException {
    return calls.token(call, answer, beforeSending);
  }
}
