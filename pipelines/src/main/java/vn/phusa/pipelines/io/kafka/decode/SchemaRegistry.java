package vn.phusa.pipelines.io.kafka.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.BoundedBody;
import vn.phusa.pipelines.io.tls.HttpClients;
import vn.phusa.pipelines.io.tls.TlsFailure;
import vn.phusa.transforms.decoding.SchemaLookup;

/**
 * A schema registry with Confluent's HTTP API, of which one call is needed: {@code GET
 * /schemas/ids/ID}. Schemas never change and are kept for the life of the JVM; an id that is not
 * known is asked for again after a while.
 *
 * <p>Confluent's own client is not in Maven Central, and Apicurio's speaks to Apicurio's own API
 * alone.
 */
final class SchemaRegistry implements SchemaLookup {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** What stands for a schema that is longer than an answer may be: no Avro schema. */
  private static final String NO_SCHEMA = "";

  private static final long MAX_ANSWER_BYTES = 1 << 20;
  private static final long MAX_KNOWN_CHARACTERS = 16 << 20;

  /** By address of the schema. */
  private static final Cache<String, String> KNOWN =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_KNOWN_CHARACTERS)
          .weigher((String address, String schema) -> address.length() + schema.length())
          .build();

  private static final Cache<String, Boolean> UNKNOWN =
      CacheBuilder.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(Duration.ofSeconds(30))
          .build();

  /** Made when first asked for: most pipelines know no registry. */
  private static final Map<TrustedAuthorities, HttpClient> CLIENTS = new ConcurrentHashMap<>();

  private final String url;
  private final TrustedAuthorities authorities;
  private final Duration timeout;

  /**
   * @param authorities whom it is verified by where the URL is one of https
   */
  SchemaRegistry(String url, TrustedAuthorities authorities) {
    this(url, authorities, Duration.ofMinutes(10));
  }

  /**
   * @param timeout for how long it is asked again when it does not answer
   */
  SchemaRegistry(String url, TrustedAuthorities authorities, Duration timeout) {
    this.url = url.replaceAll("/+$", "");
    this.authorities = authorities;
    this.timeout = timeout;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RegistryUnusableException when it refuses, or does not answer for longer than its
   *     timeout
   */
  @Override
  public @Nullable String find(int id) {
    String address = url + "/schemas/ids/" + id;
    String known = KNOWN.getIfPresent(address);
    if (known != null || UNKNOWN.getIfPresent(address) != null) {
      return known;
    }
    RetryPolicy<Optional<String>> again =
        RetryPolicy.<Optional<String>>builder()
            .handleIf(e -> e instanceof RegistryUnusableException u && u.isRetryable())
            .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(10))
            .withJitter(0.2)
            .withMaxRetries(-1)
            .withMaxDuration(timeout)
            .onRetryScheduled(
                e -> LOG.warn("{}; it is asked again", e.getLastException().getMessage()))
            .build();
    Optional<String> found;
    try {
      found = Failsafe.with(again).get(() -> ask(address));
    } catch (FailsafeException e) {
      // Whoever decodes must not take it for a fault of the record.
      throw new RegistryUnusableException("was not asked to the end", true, e);
    }
    found.ifPresentOrElse(schema -> KNOWN.put(address, schema), () -> UNKNOWN.put(address, true));
    return found.orElse(null);
  }

  private Optional<String> ask(String address) throws InterruptedIOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
            .build();
    HttpResponse<byte[]> answer;
    try {
      answer = client().send(request, of -> new BoundedBody(MAX_ANSWER_BYTES));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking the schema registry");
    } catch (IOException e) {
      if (Throwables.getCausalChain(e).stream()
          .anyMatch(BoundedBody.TooLongException.class::isInstance)) {
        return Optional.of(NO_SCHEMA);
      }
      Optional<TlsFailure> tls = TlsFailure.of(e);
      throw new RegistryUnusableException(
          "cannot be reached" + tls.map(failure -> ": " + failure.line()).orElse(""),
          tls.map(TlsFailure::isRetryable).orElse(true),
          e);
    }
    return switch (answer.statusCode()) {
      case OK -> Optional.of(schema(answer.body()));
      case NOT_FOUND -> Optional.empty();
      // No waiting changes that.
      case UNAUTHORIZED, FORBIDDEN ->
          throw new RegistryUnusableException(
              "refuses access (answers " + answer.statusCode() + ")", false, null);
      default -> throw new RegistryUnusableException("answers " + answer.statusCode(), true, null);
    };
  }

  /** A schema of another kind than Avro comes out as a text that is no Avro schema. */
  private static String schema(byte[] body) {
    JsonNode schema;
    try {
      schema = JSON.readTree(body).path("schema");
    } catch (IOException e) {
      throw new RegistryUnusableException("answers what is no JSON", true, null);
    }
    if (!schema.isTextual()) {
      throw new RegistryUnusableException("answers without a schema", true, null);
    }
    return schema.textValue();
  }

  private HttpClient client() {
    return CLIENTS.computeIfAbsent(authorities, trusted -> HttpClients.of(trusted, TIMEOUT));
  }
}
