package vn.phusa.pipelines.io;

import java.util.Map;

/**
 * Keeps the JDK's HTTP client from sending a GET a second time by itself, as it does where a
 * connection ends without an answer: a platform would count a request that we do not, and a refresh
 * token works once. Whoever sends says what is sent again.
 */
public final class HttpClientSettings {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "jdk.httpclient.redirects.retrylimit", "1",
          // It would hide that there was no connection.
          "jdk.httpclient.disableRetryConnect", "true");

  private HttpClientSettings() {}

  /** To be called before the first client of the JVM sends anything, since they are read once. */
  public static void enforce() {
    SETTINGS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
