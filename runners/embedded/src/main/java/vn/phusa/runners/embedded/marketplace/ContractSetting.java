package vn.phusa.runners.embedded.marketplace;

import java.time.Clock;

/**
 * What a contract works with.
 *
 * @param limits what the platform allows
 * @param clock the real time
 */
record ContractSetting(
    Marketplace platform,
    PlatformState state,
    Listing listing,
    TokenMint mint,
    PlatformCredentials credentials,
    ContractSettings limits,
    Clock clock,
    RequestLog log) {}
