package vn.phusa.pipelines.io.marketplace.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.types.Binary;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.staging.ConditionalUpsert;
import vn.phusa.pipelines.io.staging.Staging;

/**
 * A platform's token in the staging database, encrypted (AES-GCM) under a key made from the
 * platform's secret (HKDF), so that whoever has the database has no token. A lease lets only one
 * process renew it at a time, and an intention is written before a refresh token is sent: after a
 * crash it shows that the token may be used up.
 */
public final class TokenStore {
  private static final String TOKENS = "extract_token";
  private static final String SEALED = "sealed";
  private static final String GRANT = "grant";
  private static final String INTENDED = "intended_at";
  private static final String INTENDED_GRANT = "intended_grant";
  private static final String FAILED = "failed_at";
  private static final String PROBLEM = "problem";
  private static final String OWNER = "lease_owner";
  private static final String UNTIL = "lease_until";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEY_BYTES = 32;

  private static final RetryPolicy<Object> SAVING =
      RetryPolicy.builder()
          .handle(MongoException.class)
          .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(5))
          .withMaxDuration(Duration.ofMinutes(2))
          .withMaxAttempts(-1)
          .build();

  private final String platform;
  private final MongoCollection<Document> tokens;
  private final Clock clock;
  private final Aead aead;
  private final byte[] context;
  private final @Nullable String grant;

  /**
   * @param secret what the key is made from
   * @param grant what the first token is got with; a stored token that came from another is no
   *     longer used
   */
  public TokenStore(
      String platform, Staging staging, String secret, @Nullable String grant, Clock clock) {
    this.platform = platform;
    this.tokens = staging.memory(TOKENS);
    this.clock = clock;
    this.context = ("phusa:" + platform).getBytes(StandardCharsets.UTF_8);
    this.aead = aead(key(secret, "token"));
    this.grant =
        grant == null
            ? null
            : Hashing.hmacSha256(key(secret, "grant"))
                .hashString(grant, StandardCharsets.UTF_8)
                .toString();
  }

  /**
   * What is stored.
   *
   * @param isInDoubt its refresh token was sent, and no answer stored
   * @param failure the last vain attempt to get another; null: there was none since
   */
  record Stored(@Nullable Token token, boolean isInDoubt, @Nullable Failure failure) {}

  /** That no token could be got, and why. */
  record Failure(Instant at, String problem) {}

  /** The stored token; none if there is none that the secret opens and that came from the grant. */
  Stored load() {
    Document document = tokens.find(Filters.eq(platform)).first();
    if (document == null) {
      return new Stored(null, false, null);
    }
    boolean sameGrant = grant == null || grant.equals(document.getString(GRANT));
    boolean isInDoubt =
        document.getDate(INTENDED) != null
            && (grant == null || grant.equals(document.getString(INTENDED_GRANT)));
    Binary sealed = document.get(SEALED, Binary.class);
    Date failed = document.getDate(FAILED);
    return new Stored(
        sealed == null || !sameGrant ? null : open(sealed.getData()),
        isInDoubt,
        failed == null ? null : new Failure(failed.toInstant(), document.getString(PROBLEM)));
  }

  /** Takes the right to renew the token; false if another has it. */
  public boolean lease(String owner, Duration time) {
    Instant now = clock.instant();
    return ConditionalUpsert.write(
        tokens,
        platform,
        Filters.or(
            Filters.eq(OWNER, owner), Filters.eq(UNTIL, null), Filters.lt(UNTIL, Date.from(now))),
        Updates.combine(Updates.set(OWNER, owner), Updates.set(UNTIL, Date.from(now.plus(time)))));
  }

  public void release(String owner) {
    tokens.updateOne(
        Filters.and(Filters.eq(platform), Filters.eq(OWNER, owner)), Updates.set(UNTIL, null));
  }

  /**
   * Writes that a grant or a refresh token is about to be sent. A token of another grant stays
   * until there is one of this: the grant, or the secret, may turn out to be wrong.
   */
  void intend() {
    tokens.updateOne(
        Filters.eq(platform),
        Updates.combine(
            Updates.set(INTENDED, Date.from(clock.instant())), Updates.set(INTENDED_GRANT, grant)));
  }

  /** Writes that what was about to be sent was not used up after all. */
  void withdraw() {
    tokens.updateOne(Filters.eq(platform), Updates.set(INTENDED, null));
  }

  /** Lets whoever waits for a token know that none can be got for now. */
  void failed(String problem) {
    tokens.updateOne(
        Filters.eq(platform),
        Updates.combine(
            Updates.set(FAILED, Date.from(clock.instant())), Updates.set(PROBLEM, problem)));
  }

  /**
   * Stores a token; only afterwards may it be used. It is tried for a while: a token that is not
   * stored is lost.
   */
  void save(Token token) {
    Failsafe.with(SAVING).run(() -> saveOnce(token));
  }

  private void saveOnce(Token token) {
    tokens.updateOne(
        Filters.eq(platform),
        Updates.combine(
            Updates.set(SEALED, new Binary(seal(token))),
            Updates.set(GRANT, grant),
            Updates.set("renewed_at", Date.from(clock.instant())),
            Updates.set(INTENDED, null),
            Updates.unset(FAILED),
            Updates.unset(PROBLEM)),
        new UpdateOptions().upsert(true));
  }

  private byte[] seal(Token token) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("access", token.access())
            .put("refresh", token.refresh())
            .put("renewAt", token.renewAt().toEpochMilli())
            .put("expiresAt", token.expiresAt().toEpochMilli());
    try {
      return aead.encrypt(JSON.writeValueAsBytes(json), context);
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException("a token cannot be encrypted");
    }
  }

  /** Null when it was sealed under another secret: then it is of no use. */
  private @Nullable Token open(byte[] sealed) {
    try {
      JsonNode json = JSON.readTree(aead.decrypt(sealed, context));
      return new Token(
          json.get("access").asText(),
          json.get("refresh").isNull() ? null : json.get("refresh").asText(),
          Instant.ofEpochMilli(json.get("renewAt").asLong()),
          Instant.ofEpochMilli(json.get("expiresAt").asLong()));
    } catch (GeneralSecurityException | IOException e) {
      return null;
    }
  }

  private byte[] key(String secret, String purpose) {
    try {
      return Hkdf.computeHkdf(
          "HmacSha256",
          secret.getBytes(StandardCharsets.UTF_8),
          context,
          purpose.getBytes(StandardCharsets.UTF_8),
          KEY_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key can be derived", e);
    }
  }

  private static Aead aead(byte[] key) {
    try {
      return new AesGcmJce(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no AES-GCM", e);
    }
  }
}
