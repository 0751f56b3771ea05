package vn.phusa.pipelines.io.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.Resources;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.pipelines.io.waiting.StopRequest;
import vn.phusa.pipelines.io.waiting.Waiting;
import vn.phusa.pipelines.io.warehouse.window.WindowTotals;
import vn.phusa.transforms.windows.SalesWindows;

/**
 * The five-minute windows in Redis. A window is shown whole, in one step: what is older than what
 * is shown already changes nothing, whichever worker comes first. For one thread.
 */
public final class RedisWindowStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWindowStore.class);

  /** The starts of the windows that are shown, by epoch second. */
  public static final String INDEX = "sales:5m:windows";

  private static final ObjectMapper JSON = new ObjectMapper();

  // Not under sales:5m:, where readers find nothing but windows and their index.
  private static final String SHOWN = "phusa:sales:5m:shown:";
  private static final String EXPIRY = "phusa:sales:5m:expiry";

  /** By warehouse until when all of its windows are shown, milliseconds since 1970-01-01 UTC. */
  static final String COMPLETE = "phusa:sales:5m:complete";

  /** Of a Redis that does not know to show all windows: it may be empty. */
  static final Instant NEVER = Instant.EPOCH;

  /**
   * What a Redis says that starts, is busy, fails over, or lacks memory, disk or replicas. Before
   * Redis 7 an error that a script meets is reported within one of the script.
   */
  private static final Pattern PASSING =
      Pattern.compile(
          "(ERR Error running script .*: -)?(LOADING|BUSY|READONLY|MASTERDOWN|TRYAGAIN|NOSCRIPT|OOM"
              + "|MISCONF|NOREPLICAS) .*",
          Pattern.DOTALL);

  private final RedisAddress address;
  private final Duration timeToLive;
  private final String script;
  private final RetryPolicy<Object> retries;
  private @Nullable Jedis connection;
  private int connections;

  /**
   * @param timeToLive how long a window is shown after it was written
   */
  public RedisWindowStore(RedisAddress address, Duration timeToLive) {
    this.address = address;
    this.timeToLive = timeToLive;
    this.script = script();
    this.retries =
        RetryPolicy.builder()
            .handleIf(e -> isRetryable(e) && !StopRequest.isMade())
            .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(10), 2)
            .withJitter(0.5)
            .withMaxAttempts(-1)
            .withMaxDuration(Duration.ofMinutes(3))
            .onRetry(e -> LOG.info("trying Redis again: {}", String.valueOf(e.getLastException())))
            .build();
  }

  /** The key of a window's hash. */
  public static String key(Instant start, String platform, String region) {
    return prefix(start) + platform + ":" + region;
  }

  /** What the keys of all hashes of a window begin with. */
  static String prefix(Instant start) {
    return "sales:5m:" + start + ":";
  }

  /**
   * The keys of a window's hashes, as they were last written; none for a window that is not shown.
   */
  static List<String> keysShown(Jedis redis, Instant start) {
    String keys = redis.hget(SHOWN + start, "keys");
    try {
      // Lua has one kind of table: no keys are written as {}.
      return keys == null || keys.equals("{}")
          ? List.of()
          : List.of(JSON.readValue(keys, String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the keys of a window are an array of texts", e);
    }
  }

  /**
   * Shows the windows, unless something newer is shown.
   *
   * @return how many are shown by this
   * @throws redis.clients.jedis.exceptions.JedisException when Redis fails for longer than retries
   *     last, or refuses
   */
  public int show(WindowTotals totals) {
    return (Integer) ask(redis -> show(redis, totals));
  }

  private int show(Jedis redis, WindowTotals totals) {
    String sha = redis.scriptLoad(script);
    List<Response<Object>> answers = new ArrayList<>();
    try (Pipeline pipeline = redis.pipelined()) {
      totals
          .windows()
          .forEach(
              (start, lines) ->
                  answers.add(
                      pipeline.evalsha(
                          sha,
                          List.of(INDEX, SHOWN + start, EXPIRY),
                          arguments(totals, start, lines))));
      pipeline.sync();
    }
    int shown = 0;
    for (Response<Object> answer : answers) {
      shown += ((Long) answer.get()).intValue();
    }
    return shown;
  }

  /**
   * Until when all windows of a warehouse are shown, or {@link #NEVER}, which it leaves there as a
   * trace: whoever empties Redis takes it away.
   *
   * @param warehouse as in {@link WindowTotals}
   */
  Instant completeUntil(String warehouse) {
    return instantOf(
        (String)
            ask(
                redis -> {
                  redis.hsetnx(COMPLETE, warehouse, "0");
                  redis.pexpire(COMPLETE, timeToLive.toMillis());
                  return redis.hget(COMPLETE, warehouse);
                }));
  }

  /**
   * Says that all windows are shown until then, unless Redis was emptied since.
   *
   * @param before what {@link #completeUntil} returned before they were shown
   */
  void setCompleteUntil(String warehouse, Instant before, Instant until) {
    ask(
        redis -> {
          String now = redis.hget(COMPLETE, warehouse);
          if (now != null && instantOf(now).equals(before)) {
            redis.hset(COMPLETE, warehouse, Long.toString(until.toEpochMilli()));
          }
          return "done";
        });
  }

  /** How often it has connected: while that stays the same, Redis did not start anew. */
  int connections() {
    return connections;
  }

  private static Instant instantOf(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  private Object ask(Function<Jedis, Object> question) {
    try (Waiting ignored = Waiting.reportedAs("Redis")) {
      return Failsafe.with(retries).get(() -> attempt(question));
    }
  }

  private Object attempt(Function<Jedis, Object> question) {
    try {
      if (connection == null) {
        connection = Redis.open(address);
        connections++;
      }
      return question.apply(connection);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private List<String> arguments(
      WindowTotals totals, Instant start, List<WindowTotals.Line> lines) {
    List<String> arguments = new ArrayList<>();
    arguments.add(totals.warehouse());
    arguments.add(Long.toString(totals.version()));
    arguments.add(Long.toString(timeToLive.toMillis()));
    arguments.add(start.toString());
    arguments.add(Long.toString(start.getEpochSecond()));
    arguments.add(SalesWindows.endOf(start).toString());
    arguments.add(totals.readAt().toString());
    for (WindowTotals.Line line : lines) {
      arguments.add(key(start, line.platform(), line.region()));
      arguments.add(Long.toString(line.orders()));
      arguments.add(line.revenueVnd().toPlainString());
      arguments.add(line.averageVnd() == null ? "" : line.averageVnd().toPlainString());
    }
    return arguments;
  }

  /** Whether Redis may do later what it did not now. */
  static boolean isRetryable(Throwable e) {
    if (e instanceof JedisConnectionException) {
      return true;
    }
    return e instanceof JedisDataException
        && e.getMessage() != null
        && PASSING.matcher(e.getMessage()).matches();
  }

  private static String script() {
    try {
      return Resources.toString(
          Resources.getResource(RedisWindowStore.class, "show-window.lua"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the connection; the next call would open another. */
  @Override
  public void close() {
    Jedis open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        LOG.debug("closing a connection: {}", e.getMessage());
      }
    }
  }
}
