package vn.phusa.pipelines.io.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.auth.TokenStore;
import vn.phusa.pipelines.io.marketplace.extraction.ExtractionLease;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** What several processes write: where a condition is not met, what is there stays. */
@WithEmbeddedServices
class ConditionalUpsertIT {
  private final String key = "k" + System.nanoTime();
  private Staging staging;
  private MongoCollection<Document> documents;

  @BeforeEach
  void open(EmbeddedMongo mongo) {
    staging = Staging.open(EmbeddedStaging.address(mongo));
    documents = staging.memory("extract_test");
  }

  @AfterEach
  void close() {
    staging.close();
  }

  private boolean raiseTo(int value) {
    return ConditionalUpsert.write(
        documents, key, Filters.lt("value", value), Updates.set("value", value));
  }

  private int value() {
    return documents.find(Filters.eq(key)).first().getInteger("value");
  }

  @Test
  void aDocumentIsCreatedOrChangedOrLeftAlone() {
    assertThat(raiseTo(3)).isTrue();
    assertThat(value()).isEqualTo(3);
    assertThat(raiseTo(3)).isFalse();
    assertThat(raiseTo(2)).isFalse();
    assertThat(value()).isEqualTo(3);
    assertThat(raiseTo(4)).isTrue();
    assertThat(value()).isEqualTo(4);
  }

  @Test
  void anotherErrorIsNotTakenForARefusal() {
    documents.insertOne(new Document("_id", key).append("value", "a text"));
    assertThatThrownBy(
            () ->
                ConditionalUpsert.write(
                    documents, key, Filters.exists("value"), Updates.inc("value", 1)))
        .isInstanceOf(MongoException.class);
  }

  @Test
  void aLeaseHasOneOwnerUntilItEnds() {
    Instant now = Instant.parse("2024-01-01T00:00:00Z");
    TokenStore store = tokens(now);
    assertThat(store.lease("a", ExtractionLease.HELD)).isTrue();
    assertThat(store.lease("a", ExtractionLease.HELD)).isTrue();
    assertThat(store.lease("b", ExtractionLease.HELD)).isFalse();
    store.release("a");
    assertThat(store.lease("b", ExtractionLease.HELD)).isTrue();
    assertThat(tokens(now.plus(ExtractionLease.HELD)).lease("a", ExtractionLease.HELD)).isFalse();
    assertThat(
            tokens(now.plus(ExtractionLease.HELD.plusMillis(1))).lease("a", ExtractionLease.HELD))
        .isTrue();
  }

  private TokenStore tokens(Instant now) {
    return new TokenStore(key, staging, "secret", null, Clock.fixed(now, ZoneOffset.UTC));
  }
}
