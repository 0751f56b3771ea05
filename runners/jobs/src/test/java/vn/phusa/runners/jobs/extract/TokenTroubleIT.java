package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.staging.Staging;

/** Token endpoints that are down, and tokens that do not last. */
class TokenTroubleIT extends ScriptedPlatformTest {
  private static final int ATTEMPTS = 4;

  private static final String SHOP =
      """
      marketplaces:
        %s:
          platform: S
          baseUrl: URL
          tokenUrl: %s
          auth: {kind: oauth2ClientCredentials, tokenPath: /token, credentials: {clientId: a, clientSecret: KEY}}
          timeouts: {connect: PT2S, read: PT2S, total: PT2S}
          retries: {attempts: 4, first: PT0.01S, longest: PT0.05S}
          extract:
            products:
              kind: product
              list:
                request: {path: /list}
                answer: {records: /rows}
                record: {id: /id}
              detail:
                request: {path: /detail, parameters: {id: "{id}"}}
                answer: {records: ""}
                record: {id: /id}
      """;

  private final AtomicInteger given = new AtomicInteger();

  @BeforeEach
  void answerAsUsual() {
    platform.answer(
        "/token",
        q -> "{\"access_token\":\"a%d\",\"expires_in\":3600}".formatted(given.incrementAndGet()));
    platform.answer("/list", q -> "{\"rows\":[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4}]}");
    platform.answer("/detail", q -> "{\"id\":%s}".formatted(q.get("id")));
  }

  private Extractor.Outcome extract(String tokenUrl) throws Exception {
    return platform.extract(SHOP.formatted(name, tokenUrl), name, "products", Clock.systemUTC());
  }

  @Test
  void aTokenEndpointThatIsNotThereFailsSoon() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    long began = System.nanoTime();
    Extractor.Outcome outcome = extract("http://127.0.0.1:" + port);

    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message()).contains(name, "access token", "ConnectException");
    assertThat(outcome.isRetryable()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aTokenEndpointWithTroubleIsAskedAsOftenAsAnyOther() throws Exception {
    platform.reply("/token", q -> new ScriptedPlatform.Reply(503, Map.of(), "<html>"));

    Extractor.Outcome outcome = extract(platform.url());

    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message()).contains(name, "access token", "HTTP 503");
    assertThat(platform.count("/token")).isEqualTo(ATTEMPTS);
  }

  @Test
  void aTokenEndpointThatSaysWhenIsNotAskedSooner() throws Exception {
    AtomicReference<Instant> next = new AtomicReference<>(Instant.EPOCH);
    platform.reply(
        "/token",
        q -> {
          assertThat(Instant.now()).isAfter(next.get());
          next.set(Instant.now().plusSeconds(1));
          return given.incrementAndGet() < 3
              ? new ScriptedPlatform.Reply(503, Map.of("Retry-After", "1"), "<html>")
              : ScriptedPlatform.ok("{\"access_token\":\"a\",\"expires_in\":3600}");
        });

    Extractor.Outcome outcome = extract(platform.url());

    assertThat(outcome.message()).isEmpty();
    assertThat(platform.count("/token")).isEqualTo(3);
  }

  @Test
  void aTokenEndpointThatFailsWhileManyRequestsWaitIsAskedForThemTogether() throws Exception {
    // The list's token expires, and no other can be got: all four details need one.
    platform.reply(
        "/token",
        q ->
            given.incrementAndGet() == 1
                ? ScriptedPlatform.ok("{\"access_token\":\"a1\",\"expires_in\":3600}")
                : new ScriptedPlatform.Reply(503, Map.of(), "<html>"));
    platform.reply("/detail", q -> new ScriptedPlatform.Reply(401, Map.of(), "{}"));

    Extractor.Outcome outcome = extract(platform.url());

    assertThat(outcome.message()).contains("HTTP 503");
    assertThat(platform.count("/token")).isEqualTo(1 + ATTEMPTS);
  }

  @Test
  void aTokenMayExpireTwiceWhileOneRequestIsTriedAgain() throws Exception {
    int[] asked = {0};
    platform.reply(
        "/list",
        q ->
            switch (++asked[0]) {
              case 1, 3 -> new ScriptedPlatform.Reply(401, Map.of(), "{}");
              case 2 -> new ScriptedPlatform.Reply(503, Map.of(), "<html>");
              default -> ScriptedPlatform.ok("{\"rows\":[{\"id\":1}]}");
            });

    Extractor.Outcome outcome = extract(platform.url());

    assertThat(outcome.message()).isEmpty();
    assertThat(platform.staged(Staging.PRODUCTS, name)).hasSize(1);
    assertThat(given).hasValue(3);
  }

  @Test
  void tokensThatAreRefusedAsSoonAsTheyAreMadeAreWrongCredentials() throws Exception {
    platform.reply("/list", q -> new ScriptedPlatform.Reply(401, Map.of(), "{}"));

    Extractor.Outcome outcome = extract(platform.url());

    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message()).contains(name, "does not accept our credentials");
    assertThat(outcome.isRetryable()).isFalse();
    assertThat(given).hasValue(2);
  }
}
