package vn.phusa.pipelines.io.tls;

import java.net.http.HttpClient;
import java.time.Duration;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.HttpClientSettings;

/**
 * Clients of HTTP services. They verify certificates by {@link Trust} and host names by the JDK's
 * rules, send each request once, and follow no redirect: a login would go along, and from https to
 * http too.
 */
public final class HttpClients {
  private HttpClients() {}

  /**
   * A client.
   *
   * @param connect how long it may take to connect
   * @throws vn.phusa.options.InvalidOptionException if the file of authorities cannot be used
   */
  public static HttpClient of(TrustedAuthorities authorities, Duration connect) {
    HttpClientSettings.enforce();
    return HttpClient.newBuilder()
        .connectTimeout(connect)
        .followRedirects(HttpClient.Redirect.NEVER)
        .sslContext(Trust.context(authorities))
        .build();
  }
}
