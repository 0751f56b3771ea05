package vn.phusa.pipelines.io.marketplace.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.limit.WaitBudget;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.staging.EmbeddedStaging;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Refresh tokens work once: whoever renews, however it ends. */
@WithEmbeddedServices
class TokenRenewalIT {
  private final String platform = "tokens" + System.nanoTime();
  private final Server server = new Server();
  private Staging staging;

  @BeforeEach
  void open(EmbeddedMongo mongo) {
    staging = Staging.open(EmbeddedStaging.address(mongo));
  }

  @AfterEach
  void close() {
    staging.close();
  }

  /** Gives a token for each refresh token once. */
  private static final class Server implements TokenSource {
    private final Set<String> used = new HashSet<>();

    /** What the next requests wait for before they are sent, as for the platform's limit. */
    private final Queue<CountDownLatch> waits = new ConcurrentLinkedQueue<>();

    private final CountDownLatch waiting = new CountDownLatch(1);
    private int given;
    private boolean refusedTwice;
    private boolean answerIsLost;
    private boolean requestIsLost;
    private boolean isAway;
    private int asked;
    private volatile @Nullable CountDownLatch answerAfter;
    private final CountDownLatch sent = new CountDownLatch(1);
    private String grant = "first-refresh";
    private String secret = "app-secret";
    private long seconds = 3600;

    @Override
    public String secret() {
      return secret;
    }

    @Override
    public String grant() {
      return grant;
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public Token get(@Nullable Token old, Runnable beforeSending) throws InterruptedException {
      CountDownLatch permit = waits.poll();
      if (permit != null) {
        waiting.countDown();
        assertThat(permit.await(30, TimeUnit.SECONDS)).isTrue();
      }
      beforeSending.run();
      sent.countDown();
      CountDownLatch after = answerAfter;
      if (after != null) {
        assertThat(after.await(30, TimeUnit.SECONDS)).isTrue();
      }
      return answer(old);
    }

    private synchronized Token answer(@Nullable Token old) {
      asked++;
      if (isAway) {
        throw new TokenNotGivenException("ConnectException", false);
      }
      String refresh = old == null ? grant : old.refresh();
      if (requestIsLost) {
        requestIsLost = false;
        throw new TokenInDoubtException("cut");
      }
      if (!used.add(refresh)) {
        refusedTwice = true;
        throw new TokenRefusedException("used");
      }
      given++;
      if (answerIsLost) {
        answerIsLost = false;
        throw new TokenInDoubtException("cut");
      }
      return Token.living("access-" + given, "refresh-" + given, Instant.now(), seconds);
    }
  }

  private TokenRenewal tokens() {
    return tokens(Duration.ofSeconds(20));
  }

  private TokenRenewal tokens(Duration lease) {
    return tokens(lease, Duration.ofMillis(50));
  }

  private TokenRenewal tokens(Duration lease, Duration longestDelay) {
    TokenStore store =
        new TokenStore(platform, staging, server.secret(), server.grant(), Clock.systemUTC());
    return new TokenRenewal(
        platform,
        store,
        server,
        lease,
        new Marketplace.Retries(4, Duration.ofMillis(10), longestDelay),
        Clock.systemUTC(),
        WaitBudget.Sleeper.REAL);
  }

  @Test
  void manyProcessesRenewOnce() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(6);
    List<Future<Token>> got = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      got.add(processes.submit(() -> tokens().current()));
    }
    Set<String> access = new HashSet<>();
    for (Future<Token> one : got) {
      access.add(one.get(30, TimeUnit.SECONDS).access());
    }
    processes.shutdownNow();
    assertThat(access).containsExactly("access-1");
    assertThat(server.refusedTwice).isFalse();

    // All of them learn that it is no good; one gets the next.
    List<TokenRenewal> holders = List.of(tokens(), tokens(), tokens());
    Token refused = holders.get(0).current();
    for (TokenRenewal holder : holders) {
      holder.current();
    }
    for (TokenRenewal holder : holders) {
      holder.refused(refused, "x");
      assertThat(holder.current().access()).isEqualTo("access-2");
    }
    assertThat(server.given).isEqualTo(2);
  }

  @Test
  void whoWaitedLongerThanItsLeaseTakesTheTokenOfAnotherAndSendsNothing() throws Exception {
    CountDownLatch permit = new CountDownLatch(1);
    server.waits.add(permit);
    ExecutorService process = Executors.newSingleThreadExecutor();
    try {
      // Longer than four leases, which is how long it would wait for one who does not come back.
      Future<Token> slow = process.submit(() -> tokens(Duration.ofMillis(10)).current());
      assertThat(server.waiting.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(tokens().current().access()).isEqualTo("access-1");
      assertThatThrownBy(() -> slow.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      permit.countDown();
      assertThat(slow.get(30, TimeUnit.SECONDS).access()).isEqualTo("access-1");
    } finally {
      process.shutdownNow();
    }
    assertThat(server.refusedTwice).isFalse();
    assertThat(server.given).isEqualTo(1);
  }

  @Test
  void whileTheOldTokenServesNotEveryRequestAsksForANewOne() throws Exception {
    TokenStore store =
        new TokenStore(platform, staging, server.secret(), server.grant(), Clock.systemUTC());
    Instant now = Instant.now();
    store.save(new Token("old", "refresh-0", now.minusSeconds(1), now.plusSeconds(600)));
    server.isAway = true;
    TokenRenewal tokens = tokens(Duration.ofSeconds(20), Duration.ofMinutes(1));
    for (int i = 0; i < 5; i++) {
      assertThat(tokens.current().access()).isEqualTo("old");
    }
    assertThat(server.asked).isEqualTo(1);
    server.isAway = false;
    assertThat(tokens(Duration.ofSeconds(20)).current().access()).isEqualTo("access-1");
  }

  @Test
  void noSecretStandsInTheDatabase() throws Exception {
    tokens().current();
    Document stored = staging.memory("extract_token").find(new Document("_id", platform)).first();
    String json =
        stored.toJson()
            + new String(
                stored.get("sealed", org.bson.types.Binary.class).getData(),
                java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(json)
        .doesNotContain("access-1")
        .doesNotContain("refresh-1")
        .doesNotContain("first-refresh")
        .doesNotContain("app-secret");
    // Under another secret it opens nothing.
    assertThat(
            new TokenStore(platform, staging, "other", "first-refresh", Clock.systemUTC())
                .load()
                .token())
        .isNull();
  }

  @Test
  void inDoubtTheOldTokenServesAndTheRefreshTokenIsNotSentAgain() throws Exception {
    // It is time to renew at once, and the token lives on.
    server.seconds = 60;
    TokenStore store =
        new TokenStore(platform, staging, server.secret(), server.grant(), Clock.systemUTC());
    Token aging =
        new Token("old", "refresh-0", Instant.now().minusSeconds(1), Instant.now().plusSeconds(60));
    store.save(aging);
    server.answerIsLost = true;
    assertThat(tokens().current().access()).isEqualTo("old");
    assertThat(store.load().isInDoubt()).isTrue();
    assertThat(tokens().current().access()).isEqualTo("old");
    assertThat(server.refusedTwice).isFalse();
    // When it no longer serves, the refresh token is tried once more, and whose it is is said.
    TokenRenewal tokens = tokens();
    Token old = tokens.current();
    assertThatThrownBy(() -> tokens.refused(old, "x"))
        .isInstanceOf(MarketplaceException.class)
        .hasMessageContaining(platform)
        .hasMessageContaining("authorisation must be given anew");
    // A new authorisation begins anew.
    server.grant = "second-refresh";
    assertThat(tokens().current().access()).isEqualTo("access-2");
  }

  @Test
  void aRequestThatNeverArrivedIsSentAgain() throws Exception {
    server.requestIsLost = true;
    assertThat(tokens().current().access()).isEqualTo("access-1");
    assertThat(server.refusedTwice).isFalse();
  }

  @Test
  void aNewAuthorisationIsKeptThoughItsFirstCallsFail() throws Exception {
    assertThat(tokens().current().access()).isEqualTo("access-1");
    server.grant = "second-refresh";
    server.requestIsLost = true;
    assertThat(tokens().current().access()).isEqualTo("access-2");
    assertThat(server.used).containsExactlyInAnyOrder("first-refresh", "second-refresh");
  }

  @Test
  void aWrongAuthorisationOrSecretCostsNothing() throws Exception {
    String access = tokens().current().access();
    server.grant = "mistyped";
    server.used.add("mistyped");
    assertThatThrownBy(() -> tokens().current()).isInstanceOf(MarketplaceException.class);
    server.grant = "first-refresh";
    server.secret = "mistyped";
    assertThatThrownBy(() -> tokens().current()).isInstanceOf(MarketplaceException.class);
    server.secret = "app-secret";
    assertThat(tokens().current().access()).isEqualTo(access);
  }

  @Test
  void whoIsInterruptedWhileATokenIsOnItsWayStoresIt() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    server.answerAfter = answer;
    ExecutorService process = Executors.newSingleThreadExecutor();
    Future<Token> stopped = process.submit(() -> tokens().current());
    assertThat(server.sent.await(30, TimeUnit.SECONDS)).isTrue();
    process.shutdownNow();
    answer.countDown();
    assertThatThrownBy(() -> stopped.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(tokens().current().access()).isEqualTo("access-1");
    assertThat(server.given).isEqualTo(1);
    assertThat(server.refusedTwice).isFalse();
  }

  @Test
  void whoIsInterruptedWhileItWaitsForTheLimitSendsNothing() throws Exception {
    CountDownLatch permit = new CountDownLatch(1);
    server.waits.add(permit);
    ExecutorService process = Executors.newSingleThreadExecutor();
    Future<Token> stopped = process.submit(() -> tokens().current());
    assertThat(server.waiting.await(30, TimeUnit.SECONDS)).isTrue();
    process.shutdownNow();
    assertThatThrownBy(() -> stopped.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    permit.countDown();
    assertThat(server.given).isZero();
    assertThat(tokens().current().access()).isEqualTo("access-1");
  }
}
