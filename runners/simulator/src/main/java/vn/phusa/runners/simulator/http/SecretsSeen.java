package vn.phusa.runners.simulator.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets that requests brought and answers gave, so that a test can look for them where they
 * must not be. Nothing is kept unless it was asked for, and nothing is logged.
 */
public final class SecretsSeen {
  private static final Set<String> SECRET_PARAMETERS =
      Set.of("sign", "access_token", "refresh_token", "code");

  /** Keys of bodies. A paging token is no secret: "token" counts where tokens are given alone. */
  private static final Pattern SECRET_FIELDS =
      Pattern.compile(
          "\"(?:access_token|refresh_token|token|code|shop_key|secret_key|client_secret)\""
              + "\\s*:\\s*\"([^\"]+)\"");

  /** Anything shorter is found everywhere by chance: error codes, page numbers. */
  private static final int MIN_LENGTH = 12;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private volatile boolean kept;

  public void keep() {
    kept = true;
  }

  public Set<String> all() {
    return Set.copyOf(seen);
  }

  /**
   * @param query the URL's query as it came; null: none
   */
  void received(ApiRequest request, String query) {
    if (!kept) {
      return;
    }
    add(query);
    SECRET_PARAMETERS.forEach(name -> request.parameter(name).ifPresent(this::add));
    request.authorization().ifPresent(value -> add(value.substring(value.indexOf(' ') + 1)));
    fields(request.body().replaceAll("\"token\"\\s*:", "\"paging\":"));
  }

  void answered(String path, ApiAnswer answer, PlatformContract contract) {
    if (kept && contract.givesTokens(path) && answer.outcome() == LoggedRequest.Outcome.ACCEPTED) {
      fields(answer.body());
    }
  }

  private void fields(String body) {
    Matcher matcher = SECRET_FIELDS.matcher(body);
    while (matcher.find()) {
      add(matcher.group(1));
    }
  }

  private void add(String value) {
    if (value != null && value.length() >= MIN_LENGTH) {
      seen.add(value);
    }
  }
}
