package vn.phusa.runners.simulator.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the platforms allow.
 *
 * @param accessTokenLife how long access tokens are valid; a platform without an entry has its own
 *     usual time
 * @param refreshTokenLife how long refresh tokens are valid
 * @param pagingTokenLife how long Sendo's paging tokens and Shopee's cursors are valid
 * @param requestsPerWindow how many requests are answered in any sliding window, token requests
 *     included; a platform without an entry has no limit
 * @param quotaWindow the length of that window: an hour, or less when time is compressed
 * @param requestsPerDay how many requests are answered a day (UTC+8); a platform without an entry
 *     has no limit
 * @param latency how long every answer takes at least
 * @param shopeeOffsetLimit the greatest offset of Shopee's item list
 */
public record ContractSettings(
    Map<SimulatedPlatform, Duration> accessTokenLife,
    Duration refreshTokenLife,
    Duration pagingTokenLife,
    Map<SimulatedPlatform, Integer> requestsPerWindow,
    Duration quotaWindow,
    Map<SimulatedPlatform, Integer> requestsPerDay,
    Duration latency,
    int shopeeOffsetLimit) {

  /** No quotas, no latency, the platforms' own lifetimes. */
  public static ContractSettings generous() {
    return new ContractSettings(
        Map.of(
            SimulatedPlatform.LAZADA, Duration.ofDays(30),
            SimulatedPlatform.SHOPEE, Duration.ofHours(4),
            SimulatedPlatform.TIKI, Duration.ofHours(24),
            SimulatedPlatform.SENDO, Duration.ofHours(8)),
        Duration.ofDays(30),
        Duration.ofMinutes(15),
        Map.of(),
        Duration.ofHours(1),
        Map.of(),
        Duration.ZERO,
        10_000);
  }

  public ContractSettings withAccessTokenLife(SimulatedPlatform platform, Duration life) {
    return new ContractSettings(
        with(accessTokenLife, platform, life),
        refreshTokenLife,
        pagingTokenLife,
        requestsPerWindow,
        quotaWindow,
        requestsPerDay,
        latency,
        shopeeOffsetLimit);
  }

  public ContractSettings withRefreshTokenLife(Duration life) {
    return new ContractSettings(
        accessTokenLife,
        life,
        pagingTokenLife,
        requestsPerWindow,
        quotaWindow,
        requestsPerDay,
        latency,
        shopeeOffsetLimit);
  }

  public ContractSettings withPagingTokenLife(Duration life) {
    return new ContractSettings(
        accessTokenLife,
        refreshTokenLife,
        life,
        requestsPerWindow,
        quotaWindow,
        requestsPerDay,
        latency,
        shopeeOffsetLimit);
  }

  public ContractSettings withQuota(SimulatedPlatform platform, int requests) {
    return new ContractSettings(
        accessTokenLife,
        refreshTokenLife,
        pagingTokenLife,
        with(requestsPerWindow, platform, requests),
        quotaWindow,
        requestsPerDay,
        latency,
        shopeeOffsetLimit);
  }

  public ContractSettings withQuotaWindow(Duration window) {
    return new ContractSettings(
        accessTokenLife,
        refreshTokenLife,
        pagingTokenLife,
        requestsPerWindow,
        window,
        requestsPerDay,
        latency,
        shopeeOffsetLimit);
  }

  public ContractSettings withDailyQuota(SimulatedPlatform platform, int requests) {
    return new ContractSettings(
        accessTokenLife,
        refreshTokenLife,
        pagingTokenLife,
        requestsPerWindow,
        quotaWindow,
        with(requestsPerDay, platform, requests),
        latency,
        shopeeOffsetLimit);
  }

  public ContractSettings withLatency(Duration value) {
    return new ContractSettings(
        accessTokenLife,
        refreshTokenLife,
        pagingTokenLife,
        requestsPerWindow,
        quotaWindow,
        requestsPerDay,
        value,
        shopeeOffsetLimit);
  }

  public ContractSettings withShopeeOffsetLimit(int offset) {
    return new ContractSettings(
        accessTokenLife,
        refreshTokenLife,
        pagingTokenLife,
        requestsPerWindow,
        quotaWindow,
        requestsPerDay,
        latency,
        offset);
  }

  private static <T> Map<SimulatedPlatform, T> with(
      Map<SimulatedPlatform, T> map, SimulatedPlatform platform, T value) {
    Map<SimulatedPlatform, T> copy = new HashMap<>(map);
    copy.put(platform, value);
    return Map.copyOf(copy);
  }
}
