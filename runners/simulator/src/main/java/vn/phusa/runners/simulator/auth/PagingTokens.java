package vn.phusa.runners.simulator.auth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Opaque texts that say where the next page of a list begins. They expire. */
public final class PagingTokens {
  private final TokenMint mint;
  private final Duration life;

  public PagingTokens(TokenMint mint, Duration life) {
    this.mint = mint;
    this.life = life;
  }

  public String write(int offset, String content) {
    String text = mint.issue("page", life) + " " + offset + " " + content;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The offset; empty for a token that expired or belongs to another list. */
  public Optional<Integer> read(String token, String content) {
    return parts(token)
        .filter(parts -> parts[2].equals(content))
        .map(parts -> Integer.parseInt(parts[1]));
  }

  /** The proof, the offset and the content; empty for a token that expired or was never given. */
  public Optional<String[]> parts(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = text.split(" ", 3);
      return parts.length == 3 && mint.check("page", parts[0]) == TokenMint.Verdict.VALID
          ? Optional.of(parts)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
