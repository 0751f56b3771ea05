package vn.phusa.pipelines.io.waiting;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for one service, one at a time: each is reported after 10 seconds and again from time to
 * time, and given up where nothing has come for too long. {@link #begin} and {@link #end} cost next
 * to nothing and are called by the thread that waits; one thread polls all of them every half
 * second.
 */
public final class Waiting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final long POLL_MILLIS = 500;
  private static final long REPORT_NANOS = AnswerTimeout.REPORT_AFTER.toNanos();

  /** For what the service says of itself the first report waits no longer. */
  private static final long ASKING_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** As often as it says that it has lost us before it is believed. */
  private static final int SURELY_LOST = 2;

  private static final Duration NO_LIMIT = Duration.ofDays(10_000);

  private static final Set<Waiting> OPEN = ConcurrentHashMap.newKeySet();
  private static final ThreadLocal<String> DETAIL = new ThreadLocal<>();
  private static final ExecutorService ASKING = Executors.newCachedThreadPool(daemon("asking"));

  static {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemon("waiting"));
    var unused =
        timer.scheduleWithFixedDelay(
            Waiting::pollAll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private final String service;
  private final Runnable giveUp;
  private volatile Duration limit;
  private volatile @Nullable Supplier<Finding> inquiry;

  /** By System.nanoTime; 0: nothing is waited for. */
  private volatile long since;

  private volatile @Nullable String detail;
  private volatile boolean reported;
  private volatile @Nullable String givenUp;

  // What follows is the timer's.
  private long polledSince;
  private long heardAt;
  private long reportAt;
  private long askAt;
  private int lost;
  private @Nullable CompletableFuture<Finding> asked;
  private Finding finding = Finding.NONE;

  private Waiting(
      String service, Duration limit, @Nullable Supplier<Finding> inquiry, Runnable giveUp) {
    this.service = service;
    this.limit = limit;
    this.inquiry = inquiry;
    this.giveUp = giveUp;
  }

  /**
   * Waits for a service that are given up at a limit.
   *
   * @param service what it is to a person: "the warehouse"
   * @param giveUp ends what waits, from another thread
   */
  public static Waiting limited(String service, Duration limit, Runnable giveUp) {
    Waiting waiting = new Waiting(service, limit, null, giveUp);
    OPEN.add(waiting);
    return waiting;
  }

  /** One wait, from now on, that has a limit of its own and is only reported. */
  public static Waiting reportedAs(String service) {
    Waiting waiting = new Waiting(service, NO_LIMIT, null, () -> {});
    OPEN.add(waiting);
    waiting.begin();
    return waiting;
  }

  /** What the present thread waits for a part of: "customers"; ends when it is closed. */
  public static Detail detail(String what) {
    String before = DETAIL.get();
    DETAIL.set(what);
    return () -> DETAIL.set(before);
  }

  /** A name for what is waited for. */
  public interface Detail extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * From now on it may be silent for that long, if the service does not say that it is at work.
   *
   * @param asks asks the service beside what waits; it must come to an end
   */
  public void allow(Duration silence, Supplier<Finding> asks) {
    limit = silence;
    inquiry = asks;
  }

  /** Something is waited for. */
  public void begin() {
    detail = DETAIL.get();
    long now = System.nanoTime();
    since = now == 0 ? 1 : now;
  }

  /** It came, or will not come. */
  public void end() {
    long from = since;
    since = 0;
    if (reported) {
      reported = false;
      if (givenUp == null) {
        LOG.info("the wait for {} ended after {} s", whom(), seconds(System.nanoTime() - from));
      }
    }
  }

  /** Why what waited was given up, for a person; null: it was not. */
  public @Nullable String givenUp() {
    return givenUp;
  }

  private static void pollAll() {
    for (Waiting waiting : OPEN) {
      try {
        waiting.poll();
      } catch (RuntimeException e) {
        // One of them must not keep the others from ever being polled again.
        LOG.warn("a wait for {} cannot be polled", waiting.service, e);
      }
    }
  }

  private void poll() {
    long from = since;
    if (from == 0 || givenUp != null) {
      return;
    }
    long now = System.nanoTime();
    if (from != polledSince) {
      polledSince = from;
      heardAt = from;
      reportAt = from + REPORT_NANOS;
      askAt = reportAt;
      lost = 0;
      asked = null;
      finding = Finding.NONE;
    }
    ask(now);
    boolean isKnown = inquiry == null || asked == null || now - reportAt > ASKING_NANOS;
    if (now >= reportAt && isKnown) {
      reportAt = now + (now - from);
      reported = true;
      LOG.warn(
          "waiting for {} for {} s{}",
          whom(),
          seconds(now - from),
          inquiry == null ? "" : ": " + finding.words());
    }
    if (now - heardAt > limit.toNanos() || lost >= SURELY_LOST) {
      String line =
          lost >= SURELY_LOST
              ? String.format(Locale.ROOT, "the answer of %s was lost", whom())
              : String.format(
                  Locale.ROOT, "%s did not answer for %s s", whom(), seconds(now - heardAt));
      givenUp = line;
      if (reported) {
        LOG.warn("{}; the attempt is given up", line);
      }
      ASKING.execute(giveUp);
    }
  }

  private void ask(long now) {
    Supplier<Finding> asks = inquiry;
    CompletableFuture<Finding> answer = asked;
    if (answer != null && answer.isDone()) {
      finding = answer.exceptionally(e -> Finding.NONE).join();
      asked = null;
      askAt = now + REPORT_NANOS;
      lost = finding.state() == Finding.State.LOST ? lost + 1 : 0;
      if (finding.state() == Finding.State.AT_WORK) {
        heardAt = now;
      }
    } else if (answer == null && asks != null && now >= askAt) {
      asked = CompletableFuture.supplyAsync(asks, ASKING);
    }
  }

  private String whom() {
    String part = detail;
    return service + (part == null ? "" : "'s " + part);
  }

  private static String seconds(long nanos) {
    return Long.toString(TimeUnit.NANOSECONDS.toSeconds(nanos));
  }

  @Override
  public void close() {
    OPEN.remove(this);
    end();
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
