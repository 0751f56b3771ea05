package vn.phusa.runners.simulator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.auth.Signing;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** What was asked of the simulator, and what became of it. */
public final class RequestLog {
  private final List<LoggedRequest> requests = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private final Map<SimulatedPlatform, Map<String, Integer>> refreshTokens =
      new EnumMap<>(SimulatedPlatform.class);

  /** A time for which a platform asked to be left alone. */
  private record Hold(SimulatedPlatform platform, Instant from, Instant until) {
    boolean covers(LoggedRequest request, Duration grace) {
      return request.platform() == platform
          && request.at().isAfter(from.plus(grace))
          && request.at().isBefore(until);
    }
  }

  synchronized void hold(SimulatedPlatform platform, Instant from, Instant until) {
    holds.add(new Hold(platform, from, until));
  }

  /**
   * How many requests a platform received before the time was over that a Retry-After had named.
   *
   * @param grace how long after that answer requests do not count yet: some were on their way
   */
  public synchronized long requestsBeforeRetryAfter(SimulatedPlatform platform, Duration grace) {
    return requests.stream()
        .filter(request -> request.platform() == platform)
        .filter(request -> holds.stream().anyMatch(hold -> hold.covers(request, grace)))
        .count();
  }

  public synchronized void add(LoggedRequest request) {
    requests.add(request);
  }

  public synchronized void refreshTokenPresented(SimulatedPlatform platform, String token) {
    refreshTokens
        .computeIfAbsent(platform, key -> new HashMap<>())
        .merge(Signing.sha256(token), 1, Integer::sum);
  }

  /** Every request, in the order of the answers. */
  public synchronized List<LoggedRequest> all() {
    return List.copyOf(requests);
  }

  /** The requests to a platform, in the order of the answers. */
  public List<LoggedRequest> of(SimulatedPlatform platform) {
    return all().stream().filter(request -> request.platform() == platform).toList();
  }

  /** How many requests a platform received, whatever became of them. */
  public long count(SimulatedPlatform platform) {
    return of(platform).size();
  }

  /** How many requests ended so. */
  public long count(SimulatedPlatform platform, LoggedRequest.Outcome outcome) {
    return of(platform).stream().filter(request -> request.outcome() == outcome).count();
  }

  /** The number of requests by path. */
  public Map<String, Long> countByPath(SimulatedPlatform platform) {
    return of(platform).stream()
        .collect(Collectors.groupingBy(LoggedRequest::path, TreeMap::new, Collectors.counting()));
  }

  /** Why requests were refused, in order. */
  public List<String> refusals(SimulatedPlatform platform) {
    return of(platform).stream()
        .filter(request -> request.outcome() == LoggedRequest.Outcome.REFUSED)
        .map(LoggedRequest::reason)
        .toList();
  }

  /**
   * The most requests that a platform received in any sliding window of the length, whatever became
   * of them. Both ends of a window that is exactly as long belong to different windows.
   */
  public int mostRequestsIn(SimulatedPlatform platform, Duration window) {
    List<Instant> times = of(platform).stream().map(LoggedRequest::at).sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (!times.get(first).plus(window).isAfter(times.get(last))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /**
   * How many refresh tokens a platform was shown more than once, in requests that it looked at
   * (those that a fault answered in its place do not count).
   */
  public synchronized long refreshTokensPresentedTwice(SimulatedPlatform platform) {
    return refreshTokens.getOrDefault(platform, Map.of()).values().stream()
        .filter(times -> times > 1)
        .count();
  }

  /** Forgets everything but the refresh tokens. */
  public synchronized void clear() {
    requests.clear();
    holds.clear();
  }
}
