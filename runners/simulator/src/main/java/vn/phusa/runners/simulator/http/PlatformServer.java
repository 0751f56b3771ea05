package vn.phusa.runners.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.simulator.fault.DailyQuota;
import vn.phusa.runners.simulator.fault.FaultKind;
import vn.phusa.runners.simulator.fault.FaultPlan;
import vn.phusa.runners.simulator.fault.Faults;
import vn.phusa.runners.simulator.fault.SlidingQuota;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.settings.SimulatorSettings;
import vn.phusa.runners.simulator.state.PlatformState;

/** The HTTP server of one platform: quota and faults first, then the contract. */
public final class PlatformServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlatformServer.class);
  private static final int WAITING_CONNECTIONS = 512;

  static {
    // Without it every answer waits for the acknowledgement of its header, some 40 ms.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final SimulatedPlatform platform;
  private final PlatformContract contract;
  private final PlatformState state;
  private final Faults faults;
  private final RequestLog log;
  private final SecretsSeen secrets;
  private final Optional<SlidingQuota> quota;
  private final DailyQuota daily;
  private final Duration latency;
  private final Clock clock;
  private final HttpServer server;

  public PlatformServer(
      SimulatedPlatform platform,
      PlatformContract contract,
      PlatformState state,
      Faults faults,
      RequestLog log,
      SecretsSeen secrets,
      Optional<SlidingQuota> quota,
      DailyQuota daily,
      SimulatorSettings settings,
      ExecutorService workers)
      throws IOException {
    this.platform = platform;
    this.contract = contract;
    this.state = state;
    this.faults = faults;
    this.log = log;
    this.secrets = secrets;
    this.quota = quota;
    this.daily = daily;
    this.latency = settings.contract().latency();
    this.clock = settings.clock();
    InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    int port = settings.ports().getOrDefault(platform, 0);
    server = HttpServer.create(new InetSocketAddress(loopback, port), WAITING_CONNECTIONS);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Instant at = clock.instant();
    String path = exchange.getRequestURI().getPath();
    boolean tokens = contract.givesTokens(path);
    FaultKind fault = faults.next(platform, path, tokens, contract.givesPages(path));
    try (exchange) {
      ApiRequest request = ApiRequest.of(exchange, at, fault);
      secrets.received(request, exchange.getRequestURI().getRawQuery());
      ApiAnswer answer = answer(request, fault);
      secrets.answered(path, answer, contract);
      pause(latency);
      log.add(
          new LoggedRequest(
              at, platform, request.method(), path, answer.outcome(), answer.reason()));
      state.answered();
      retryAfter(answer).ifPresent(until -> log.hold(platform, clock.instant(), until));
      send(exchange, answer, fault);
    } catch (RuntimeException e) {
      LOG.error("The simulator of {} failed at {}", platform.id(), path, e);
      throw e;
    }
  }

  private ApiAnswer answer(ApiRequest request, FaultKind fault) {
    long wait = quota.map(SlidingQuota::take).orElse(0L);
    if (wait > 0) {
      return contract.limited(wait);
    }
    long untilTomorrow = daily.take();
    if (untilTomorrow > 0) {
      return contract.exhausted(untilTomorrow);
    }
    if (fault == null) {
      return contract.answer(request);
    }
    FaultPlan plan = faults.plan();
    long millis = plan.retryAfter().toMillis();
    ApiAnswer tooMany = ApiAnswer.limited(429, "{\"message\":\"Too Many Requests\"}", "");
    ApiAnswer answer =
        switch (fault) {
          case TOO_MANY_REQUESTS_SECONDS ->
              tooMany.withHeader("Retry-After", Long.toString(plan.retryAfter().toSeconds()));
          case TOO_MANY_REQUESTS_DATE ->
              tooMany.withHeader("Retry-After", httpDate(clock.instant().plus(plan.retryAfter())));
          case TOO_MANY_REQUESTS_PLAIN, CUT_BEFORE -> tooMany;
          case PLATFORM_RATE_LIMIT -> contract.limited(millis);
          case SERVER_ERROR -> gatewayError(request.at());
          case PLATFORM_ERROR -> contract.failed();
          case SLOW -> {
            pause(plan.slowness());
            yield contract.answer(request);
          }
          case CUT, TRUNCATED, DUPLICATE_PAGE, REORDERED_ROWS, REORDERED_PAGES, CHANGED_RECORD ->
              contract.answer(request);
        };
    // A request that breaks the contract shows as such, whatever else was to happen to it.
    boolean broken =
        answer.outcome() == LoggedRequest.Outcome.REFUSED
            && fault != FaultKind.SERVER_ERROR
            && fault != FaultKind.PLATFORM_ERROR;
    return broken ? answer : answer.asFault(fault);
  }

  private void send(HttpExchange exchange, ApiAnswer answer, FaultKind fault) throws IOException {
    boolean suffers = answer.outcome() == LoggedRequest.Outcome.FAULT;
    if (suffers && fault == FaultKind.CUT_BEFORE) {
      return;
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    byte[] sent =
        suffers && fault.afterwards() ? Arrays.copyOf(body, Math.max(1, body.length / 2)) : body;
    boolean cut = suffers && fault == FaultKind.CUT;
    exchange
        .getResponseHeaders()
        .set("Content-Type", body[0] == '<' ? "text/html" : "application/json;charset=UTF-8");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), cut ? body.length + 1 : sent.length);
    OutputStream out = exchange.getResponseBody();
    out.write(sent);
    out.flush();
    if (!cut) {
      out.close();
    }
  }

  /** Until when the answer asks to be left alone. */
  private Optional<Instant> retryAfter(ApiAnswer answer) {
    return Optional.ofNullable(answer.headers().get("Retry-After"))
        .map(
            text ->
                text.matches("[0-9]+")
                    ? clock.instant().plusSeconds(Long.parseLong(text))
                    : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
  }

  private static ApiAnswer gatewayError(Instant at) {
    int status =
        switch (Math.floorMod(at.getNano() / 1_000, 3)) {
          case 0 -> 500;
          case 1 -> 502;
          default -> 503;
        };
    return ApiAnswer.refused(status, "<html><body>" + status + "</body></html>", "");
  }

  /** The date in a header has whole seconds: the next one, never one too early. */
  private static String httpDate(Instant at) {
    Instant whole = at.truncatedTo(ChronoUnit.SECONDS);
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        (whole.equals(at) ? whole : whole.plusSeconds(1)).atOffset(ZoneOffset.UTC));
  }

  private static void pause(Duration time) {
    if (time.isZero()) {
      return;
    }
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops at once; requests that are being answered are cut. */
  @Override
  public void close() {
    server.stop(0);
  }
}
