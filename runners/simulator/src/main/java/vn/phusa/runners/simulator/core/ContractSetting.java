package vn.phusa.runners.simulator.core;

import java.time.Clock;
import vn.phusa.runners.simulator.auth.PlatformCredentials;
import vn.phusa.runners.simulator.auth.TokenMint;
import vn.phusa.runners.simulator.http.RequestLog;
import vn.phusa.runners.simulator.list.Listing;
import vn.phusa.runners.simulator.settings.ContractSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.state.PlatformState;

/**
 * What a contract works with.
 *
 * @param limits what the platform allows
 * @param clock the real time
 */
public record ContractSetting(
    SimulatedPlatform platform,
    PlatformState state,
    Listing listing,
    TokenMint mint,
    PlatformCredentials credentials,
    ContractSettings limits,
    Clock clock,
    RequestLog log) {}
