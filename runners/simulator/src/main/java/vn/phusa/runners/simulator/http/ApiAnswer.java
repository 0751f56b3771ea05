package vn.phusa.runners.simulator.http;

import java.util.HashMap;
import java.util.Map;
import vn.phusa.runners.simulator.fault.FaultKind;
import vn.phusa.runners.simulator.http.LoggedRequest.Outcome;

/**
 * What is answered.
 *
 * @param reason for the log: why it was refused; empty for an accepted request
 */
public record ApiAnswer(
    int status, String body, Map<String, String> headers, Outcome outcome, String reason) {

  public static ApiAnswer accepted(String body) {
    return new ApiAnswer(200, body, Map.of(), Outcome.ACCEPTED, "");
  }

  public static ApiAnswer refused(int status, String body, String reason) {
    return new ApiAnswer(status, body, Map.of(), Outcome.REFUSED, reason);
  }

  public static ApiAnswer limited(int status, String body, String reason) {
    return new ApiAnswer(status, body, Map.of(), Outcome.LIMITED, reason);
  }

  public ApiAnswer withHeader(String name, String value) {
    Map<String, String> copy = new HashMap<>(headers);
    copy.put(name, value);
    return new ApiAnswer(status, body, copy, outcome, reason);
  }

  ApiAnswer asFault(FaultKind kind) {
    return new ApiAnswer(status, body, headers, Outcome.FAULT, kind.name());
  }
}
