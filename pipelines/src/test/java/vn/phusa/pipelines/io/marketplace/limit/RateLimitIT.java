package vn.phusa.pipelines.io.marketplace.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.staging.EmbeddedStaging;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** No window of time sees more requests than are allowed, wherever it begins. */
@WithEmbeddedServices
class RateLimitIT {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private final String platform = "limited" + System.nanoTime();
  private Staging staging;

  @BeforeEach
  void open(EmbeddedMongo mongo) {
    staging = Staging.open(EmbeddedStaging.address(mongo));
  }

  @AfterEach
  void close() {
    staging.close();
  }

  /** A clock that stands still until somebody sleeps. */
  private static final class StandingClock extends Clock {
    private Instant now = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  private RateLimit rateLimit(int requests, Clock clock) {
    return new RateLimit(
        platform, new Marketplace.Limit(requests, WINDOW), MAX_WAIT, staging, clock);
  }

  private static WaitBudget waitBudget(StandingClock clock, Duration longest) {
    return new WaitBudget(clock, clock::pass, longest);
  }

  @Test
  void anyWindowOverAllRestarts() throws InterruptedException {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      int limit = 1 + random.nextInt(5);
      StandingClock clock = new StandingClock();
      clock.pass(Duration.ofDays(seed));
      RateLimit rateLimit = rateLimit(limit, clock);
      List<Instant> seen = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        RateLimit.Permit permit = rateLimit.acquire(waitBudget(clock, Duration.ofHours(1)));
        // The platform sees the request at any time until it is answered, or given up.
        long took = random.nextInt(2000);
        seen.add(clock.instant().plusMillis(random.nextInt((int) took + 1)));
        if (random.nextInt(4) > 0) {
          clock.pass(Duration.ofMillis(took));
          rateLimit.answered(permit);
        }
        if (random.nextInt(5) == 0) {
          rateLimit = rateLimit(limit, clock);
        }
      }
      seen.sort(null);
      for (int i = 0; i + limit < seen.size(); i++) {
        assertThat(Duration.between(seen.get(i), seen.get(i + limit)))
            .as("%d requests, seed %d", limit + 1, seed)
            .isGreaterThan(WINDOW);
      }
    }
  }

  @Test
  void manyWorkersAtOnceGetNoMoreThanThereAre() throws Exception {
    Clock clock = Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC);
    ExecutorService workers = Executors.newFixedThreadPool(6);
    List<Future<Integer>> taken = new ArrayList<>();
    for (int w = 0; w < 6; w++) {
      taken.add(
          workers.submit(
              () -> {
                RateLimit rateLimit = rateLimit(20, clock);
                WaitBudget none = new WaitBudget(clock, duration -> {}, Duration.ZERO);
                for (int n = 0; ; n++) {
                  try {
                    rateLimit.acquire(none);
                  } catch (ExtractionPausedException e) {
                    return n;
                  }
                }
              }));
    }
    int sum = 0;
    for (Future<Integer> worker : taken) {
      sum += worker.get(30, TimeUnit.SECONDS);
    }
    workers.shutdownNow();
    assertThat(sum).isEqualTo(20);
  }

  @Test
  void waitingBeyondTheBudgetIsReportedAtOnce() throws InterruptedException {
    StandingClock clock = new StandingClock();
    RateLimit rateLimit = rateLimit(1, clock);
    rateLimit.acquire(waitBudget(clock, Duration.ZERO));
    Instant before = clock.instant();
    assertThatThrownBy(() -> rateLimit.acquire(waitBudget(clock, Duration.ofSeconds(5))))
        .isInstanceOf(ExtractionPausedException.class)
        .hasMessageContaining("request limit of " + platform);
    assertThat(clock.instant()).isEqualTo(before);
  }

  @Test
  void aPauseHoldsForOtherProcessesAndAfterRestarts() {
    StandingClock clock = new StandingClock();
    rateLimit(0, clock).pause(clock.instant().plusSeconds(60), "the daily quota");
    RateLimit other = rateLimit(0, clock);
    assertThatThrownBy(() -> other.acquire(waitBudget(clock, Duration.ofSeconds(59))))
        .isInstanceOf(ExtractionPausedException.class)
        .hasMessageContaining("the daily quota");
  }

  @Test
  void aPauseThatBecomesLongerWhileItIsWaitedForIsWaitedForToItsEnd() throws InterruptedException {
    StandingClock clock = new StandingClock();
    RateLimit rateLimit = rateLimit(2, clock);
    RateLimit otherPart = rateLimit(2, clock);
    Instant told = clock.instant();
    rateLimit.pause(told.plusSeconds(1), "one second");
    WaitBudget waitBudget =
        new WaitBudget(
            clock,
            time -> {
              clock.pass(time);
              otherPart.pause(told.plusSeconds(3), "three seconds");
            },
            Duration.ofMinutes(1));

    rateLimit.acquire(waitBudget);

    assertThat(clock.instant()).isAfterOrEqualTo(told.plusSeconds(3));
  }

  @Test
  void ofTwoPausesTheLaterHoldsForAll() throws InterruptedException {
    StandingClock clock = new StandingClock();
    RateLimit one = rateLimit(0, clock);
    RateLimit two = rateLimit(0, clock);
    Instant told = clock.instant();
    one.pause(told.plusSeconds(9), "nine seconds");
    two.pause(told.plusSeconds(1), "one second");
    clock.pass(Duration.ofMillis(500));

    two.acquire(waitBudget(clock, Duration.ofMinutes(1)));
    assertThat(clock.instant()).isAfterOrEqualTo(told.plusSeconds(9));
    assertThat(rateLimit(0, clock).acquire(waitBudget(clock, Duration.ZERO))).isNotNull();
  }
}
