package vn.phusa.runners.jobs.extract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import vn.phusa.pipelines.io.marketplace.auth.Authentication;
import vn.phusa.pipelines.io.marketplace.auth.AuthenticationContext;
import vn.phusa.pipelines.io.marketplace.auth.AuthenticationStrategy;
import vn.phusa.pipelines.io.marketplace.auth.RepeatableTokens;
import vn.phusa.pipelines.io.marketplace.auth.TokenAnswer;
import vn.phusa.pipelines.io.marketplace.http.HttpCall;
import vn.phusa.pipelines.io.marketplace.spec.AuthSpec;
import vn.phusa.pipelines.io.marketplace.spec.Credential;

/** A way to authenticate that no platform has: a counter gives tickets for a stamp. */
public final class TicketAuthentication implements AuthenticationStrategy {
  private static final long serialVersionUID = 1L;
  private static final TokenAnswer ANSWER =
      new TokenAnswer("/ticket", null, null, Duration.ofHours(1));

  @Override
  public String name() {
    return "ticket";
  }

  @Override
  public List<Credential> credentials() {
    return List.of(Credential.shownNumber("counter"), Credential.secret("stamp"));
  }

  @Override
  public List<String> neededKeys() {
    return List.of("ticketPath");
  }

  @Override
  public List<String> optionalKeys() {
    return List.of("ticketWord");
  }

  @Override
  public Optional<String> problem(AuthSpec auth) {
    return auth.key("ticketWord") == null || auth.key("ticketWord").matches("[A-Z][a-z]+")
        ? Optional.empty()
        : Optional.of("ticketWord is no word");
  }

  @Override
  public Authentication authentication(AuthenticationContext context) {
    String word = context.key("ticketWord") == null ? "Ticket" : context.key("ticketWord");
    return context.signedBy(
        (call, token, now) ->
            token == null ? call : call.with("Authorization", word + " " + token.access()),
        new RepeatableTokens(context, context.needed("stamp"), now -> call(context), ANSWER));
  }

  private static HttpCall call(AuthenticationContext context) {
    return context.post(
        context.key("ticketPath"),
        JsonNodeFactory.instance
            .objectNode()
            .put("counter", Long.parseLong(context.needed("counter")))
            .put("stamp", context.needed("stamp")));
  }
}
