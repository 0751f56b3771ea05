package vn.phusa.pipelines.io.kafka.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.net.UrlEscapers;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.pipelines.io.BoundedBody;
import vn.phusa.pipelines.io.tls.HttpClients;
import vn.phusa.pipelines.io.tls.TlsFailure;
import vn.phusa.transforms.decoding.SchemaLookup;
import vn.phusa.transforms.decoding.WriterSchema;

/**
 * A schema registry with Confluent's HTTP API, of which two calls are needed: {@code GET
 * /schemas/ids/ID}, and {@code GET /subjects/SUBJECT/versions/VERSION} for what a schema refers to.
 * Schemas never change and are kept for the life of the JVM; an id that is not known is asked for
 * again after a while.
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

  /**
   * What Confluent's API adds to 404 where it is the schema, its subject or version that is not.
   */
  private static final Set<Integer> NO_SUCH = Set.of(40401, 40402, 40403);

  /** What stands for a schema that is longer than an answer may be: no Avro schema. */
  private static final WriterSchema NO_SCHEMA = WriterSchema.of("");

  private static final JsonNode TOO_LONG = JSON.createObjectNode().put("schema", "");

  /** Of one schema, those of its references among them. */
  private static final int MAX_REFERENCES = 100;

  private static final long MAX_ANSWER_BYTES = 1 << 20;
  private static final long MAX_KNOWN_CHARACTERS = 16 << 20;

  /** By address of the schema. */
  private static final Cache<String, WriterSchema> KNOWN =
      CacheBuilder.newBuilder()
          .maximumWeight(MAX_KNOWN_CHARACTERS)
          .weigher(
              (String address, WriterSchema schema) ->
                  (int) Math.min(Integer.MAX_VALUE, address.length() + schema.length()))
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
  public @Nullable WriterSchema find(int id) {
    String address = url + "/schemas/ids/" + id;
    WriterSchema known = KNOWN.getIfPresent(address);
    if (known != null || UNKNOWN.getIfPresent(address) != null) {
      return known;
    }
    Optional<WriterSchema> found = resolved(address);
    found.ifPresentOrElse(schema -> KNOWN.put(address, schema), () -> UNKNOWN.put(address, true));
    return found.orElse(null);
  }

  /** With all that it refers to; empty where the registry has no such schema. */
  private Optional<WriterSchema> resolved(String address) {
    Optional<JsonNode> answer = asked(address);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> references = new LinkedHashMap<>();
    return addReferences(answer.get(), references, new HashSet<>())
        ? Optional.of(new WriterSchema(text(answer.get()), List.copyOf(references.values())))
        : Optional.of(NO_SCHEMA);
  }

  /**
   * Adds what a schema refers to, each after what it refers to itself.
   *
   * @param met the addresses that were asked for on the way; one that comes again is not asked
   * @return false where there are too many, or one is missing
   */
  private boolean addReferences(JsonNode schema, Map<String, String> found, Set<String> met) {
    for (JsonNode reference : schema.path("references")) {
      String address = address(reference);
      if (!met.add(address)) {
        continue;
      }
      Optional<JsonNode> referred = met.size() > MAX_REFERENCES ? Optional.empty() : asked(address);
      if (referred.isEmpty() || !addReferences(referred.get(), found, met)) {
        return false;
      }
      found.put(address, text(referred.get()));
    }
    return true;
  }

  private String address(JsonNode reference) {
    return url
        + "/subjects/"
        + UrlEscapers.urlPathSegmentEscaper().escape(reference.path("subject").asText())
        + "/versions/"
        + reference.path("version").asInt();
  }

  private Optional<JsonNode> asked(String address) {
    RetryPolicy<Optional<JsonNode>> again =
        RetryPolicy.<Optional<JsonNode>>builder()
            .handleIf(e -> e instanceof RegistryUnusableException u && u.isRetryable())
            .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(10))
            .withJitter(0.2)
            .withMaxRetries(-1)
            .withMaxDuration(timeout)
            .onRetryScheduled(
                e -> LOG.warn("{}; it is asked again", e.getLastException().getMessage()))
            .build();
    try {
      return Failsafe.with(again).get(() -> ask(address));
    } catch (FailsafeException e) {
      // Whoever decodes must not take it for a fault of the record.
      throw new RegistryUnusableException("was not asked to the end", true, e);
    }
  }

  private Optional<JsonNode> ask(String address) throws InterruptedIOException {
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
        return Optional.of(TOO_LONG);
      }
      Optional<TlsFailure> tls = TlsFailure.of(e);
      throw new RegistryUnusableException(
          "cannot be reached" + tls.map(failure -> ": " + failure.line()).orElse(""),
          tls.map(TlsFailure::isRetryable).orElse(true),
          e);
    }
    return switch (answer.statusCode()) {
      case OK -> Optional.of(schema(answer.body()));
      case NOT_FOUND -> notFound(answer.body());
      // No waiting changes that.
      case UNAUTHORIZED, FORBIDDEN ->
          throw new RegistryUnusableException(
              "refuses access (answers " + answer.statusCode() + ")", false, null);
      default -> throw new RegistryUnusableException("answers " + answer.statusCode(), true, null);
    };
  }

  /** Whatever else answers so is no registry, or not at this path. */
  private static Optional<JsonNode> notFound(byte[] body) {
    if (NO_SUCH.contains(json(body).path("error_code").asInt())) {
      return Optional.empty();
    }
    throw new RegistryUnusableException("answers 404 without its own error code", true, null);
  }

  private static JsonNode schema(byte[] body) {
    JsonNode answer = json(body);
    if (!answer.path("schema").isTextual()) {
      throw new RegistryUnusableException("answers without a schema", true, null);
    }
    return answer;
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new RegistryUnusableException("answers what is no JSON", true, null);
    }
  }

  /** A schema of another kind than Avro is a text that is no Avro schema. */
  private static String text(JsonNode answer) {
    return answer.path("schema").textValue();
  }

  private HttpClient client() {
    return CLIENTS.computeIfAbsent(authorities, trusted -> HttpClients.of(trusted, TIMEOUT));
  }
}
