package vn.phusa.pipelines.io.marketplace.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.BoundedBody;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.tls.HttpClients;
import vn.phusa.pipelines.io.tls.TlsFailure;
import vn.phusa.pipelines.io.waiting.Waiting;

/**
 * Sends requests by the JDK's client, each once, through the JVM's proxy where one is set. No
 * redirect is ever followed: tokens and signatures would go along. Neither logs nor errors show a
 * query or a header.
 */
public final class Transport {
  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

  /** The JDK's client writes whole URLs and headers to these. Held, or their level is forgotten. */
  private static final List<java.util.logging.Logger> TELLTALES =
      Stream.of("jdk.internal.httpclient", "jdk.httpclient")
          .map(java.util.logging.Logger::getLogger)
          .toList();

  /** Bytes. Pages of real platforms have less than a hundredth of it. */
  private static final long MAX_ANSWER = 64L << 20;

  private final String platform;
  private final Marketplace.Timeouts timeouts;
  private final HttpClient client;

  public Transport(String platform, Marketplace.Timeouts timeouts, TrustedAuthorities authorities) {
    TELLTALES.forEach(logger -> logger.setLevel(Level.OFF));
    this.platform = platform;
    this.timeouts = timeouts;
    this.client = HttpClients.of(authorities, timeouts.connect());
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws UntrustedServerException if there is no connection that can be trusted; nothing was
   *     sent
   * @throws IOException if there is none in time; the message is a class's name
   * @throws MarketplaceException if it is longer than what can be kept in memory
   */
  public HttpResponse<byte[]> send(HttpCall call) throws IOException, InterruptedException {
    HttpRequest request = request(call);
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(request, answer -> new BoundedBody(MAX_ANSWER));
    try (Waiting ignored = Waiting.reportedAs(platform)) {
      HttpResponse<byte[]> answer = coming.get(timeouts.total().toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("{}: {}: {}", platform, call, answer.statusCode());
      return answer;
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw new IOException("no whole answer in time");
    } catch (InterruptedException e) {
      coming.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      LOG.debug("{}: {}: {}", platform, call, e.getCause().getClass().getSimpleName());
      if (e.getCause() instanceof BoundedBody.TooLongException tooLong) {
        throw MarketplaceException.lasting(
            platform + ": " + call + " brought " + tooLong.getMessage());
      }
      Optional<TlsFailure> tls =
          TlsFailure.of(e.getCause()).filter(failure -> !failure.isRetryable());
      if (tls.isPresent()) {
        throw new UntrustedServerException(tls.get().line());
      }
      throw new IOException(e.getCause().getClass().getSimpleName());
    }
  }

  private HttpRequest request(HttpCall call) {
    URI uri;
    try {
      uri = call.uri();
    } catch (IllegalArgumentException e) {
      // Its message would show the query.
      throw new IllegalStateException("no URL can be made of " + call.path());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(timeouts.read())
            .method(
                call.method(),
                call.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(call.body()));
    if ("http".equals(uri.getScheme())) {
      // Without TLS the client would offer an upgrade with every connection.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    call.headers().forEach(request::setHeader);
    return request.build();
  }
}
