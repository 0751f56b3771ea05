package vn.phusa.runners.jobs.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.BoundedBody;
import vn.phusa.pipelines.io.tls.HttpClients;
import vn.phusa.pipelines.io.tls.TlsFailure;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;

/** Whether there is a schema registry of Confluent's API at an address. */
final class RegistryCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;
  private static final int NO_SUCH_SCHEMA = 40403;
  private static final long MAX_ANSWER_BYTES = 1 << 20;

  private RegistryCheck() {}

  /**
   * Asks it once for a schema, which it need not have.
   *
   * @throws InvalidOptionException if no address can be made of it
   * @throws ServiceUnavailableException if it does not answer as a registry does
   */
  static void connects(String url, TrustedAuthorities authorities, Duration limit) {
    HttpClient client = HttpClients.of(authorities, limit);
    HttpResponse<byte[]> answer;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url.replaceAll("/+$", "") + "/schemas/ids/1"))
              .timeout(limit)
              .build();
      answer = client.send(request, of -> new BoundedBody(MAX_ANSWER_BYTES));
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException("schemaRegistryUrl", "http(s)://host:port/path expected");
    } catch (IOException e) {
      throw TlsFailure.of(e)
          .map(tls -> unusable(tls.line(), tls.isRetryable(), e))
          .orElseGet(() -> unusable("cannot be reached", true, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable("the check was interrupted", true, e);
    }
    if (answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN) {
      throw unusable("access refused (answers " + answer.statusCode() + ")", false, null);
    }
    if (answer.statusCode() >= SERVER_ERROR) {
      throw unusable("answers " + answer.statusCode(), true, null);
    }
    if (!speaksAsRegistry(answer.body())) {
      throw unusable("there is no registry of Confluent's API at this path", false, null);
    }
  }

  /**
   * With a schema, or in its own words that it has none of this id. A registry says 404 of a path
   * that it does not have, too.
   */
  private static boolean speaksAsRegistry(byte[] body) {
    try {
      JsonNode answer = JSON.readTree(body);
      return answer.has("schema") || answer.path("error_code").asInt() == NO_SUCH_SCHEMA;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServiceUnavailableException unusable(
      String what, boolean isRetryable, Exception cause) {
    return new ServiceUnavailableException(
        "schema registry (--schemaRegistryUrl): " + what, isRetryable, cause);
  }
}
