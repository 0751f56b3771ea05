package vn.phusa.runners.embedded.marketplace;

import java.util.HashMap;
import java.util.Map;
import vn.phusa.runners.embedded.marketplace.LoggedRequest.Outcome;

/**
 * What is answered.
 *
 * @param reason for the log: why it was refused; empty for an accepted request
 */
record ApiAnswer(
    int status, String body, Map<String, String> headers, Outcome outcome, String reason) {

  static ApiAnswer accepted(String body) {
    return new ApiAnswer(200, body, Map.of(), Outcome.ACCEPTED, "");
  }

  static ApiAnswer refused(int status, String body, String reason) {
    return new ApiAnswer(status, body, Map.of(), Outcome.REFUSED, reason);
  }

  static ApiAnswer limited(int status, String body, String reason) {
    return new ApiAnswer(status, body, Map.of(), Outcome.LIMITED, reason);
  }

  ApiAnswer withHeader(String name, String value) {
    Map<String, String> copy = new HashMap<>(headers);
    copy.put(name, value);
    return new ApiAnswer(status, body, copy, outcome, reason);
  }

  ApiAnswer asFault(FaultKind kind) {
    return new ApiAnswer(status, body, headers, Outcome.FAULT, kind.name());
  }
}
