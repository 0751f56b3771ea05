package vn.phusa.runners.simulator.http;

import java.time.Instant;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/**
 * A request as the simulator remembers it: without its parameters, header and body, which hold
 * secrets.
 *
 * @param at when it was received
 * @param method GET or POST
 * @param path without the query
 * @param outcome what became of it
 * @param reason why it was refused, or which fault it suffered; empty for an accepted one
 */
public record LoggedRequest(
    Instant at,
    SimulatedPlatform platform,
    String method,
    String path,
    Outcome outcome,
    String reason) {

  /** What became of a request. */
  public enum Outcome {
    ACCEPTED,
    /** The contract was not kept: the answer says so. */
    REFUSED,
    /** More requests than the quota allows. */
    LIMITED,
    /** A fault that was asked for; the request itself may have been good. */
    FAULT
  }
}
