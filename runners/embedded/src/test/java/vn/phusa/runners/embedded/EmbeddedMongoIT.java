package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.BsonBinarySubType;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.home.EmbeddedServiceException;

class EmbeddedMongoIT {
  private static final IndexOptions UNIQUE = new IndexOptions().unique(true);

  @TempDir private Path home;

  @Test
  void startsAgainWithTheDataItHad() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedMongo mongo = services.mongo();
      assertThat(services.mongo()).isSameAs(mongo);
      try (MongoClient client = MongoClients.create(mongo.uri())) {
        collection(client)
            .insertOne(new Document("_id", "tiki:product:1").append("name", "Nón lá"));
      }
      assertThat(ListeningSockets.addresses(mongo.port()))
          .isNotEmpty()
          .allMatch(ListeningSockets::isLoopback);
    }
    try (EmbeddedServices services = EmbeddedServices.at(home);
        MongoClient client = MongoClients.create(services.mongo().uri())) {
      assertThat(collection(client).find().first())
          .containsEntry("_id", "tiki:product:1")
          .containsEntry("name", "Nón lá");
    }
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedMongo mongo = services.mongo();
      try (MongoClient user = MongoClients.create(mongo.uri())) {
        collection(user).insertOne(new Document("_id", 1));
      }
      try (MongoClient stranger = MongoClients.create(mongo.address())) {
        // Commands of every database, the drivers' own among them.
        List<Document> commands =
            List.of(
                new Document("find", "raw_products"),
                new Document("insert", "raw_products")
                    .append("documents", List.of(new Document("_id", 2))),
                new Document("dropDatabase", 1),
                new Document("listCollections", 1),
                new Document("listDatabases", 1),
                new Document("serverStatus", 1),
                new Document("getMore", 1L).append("collection", "raw_products"),
                new Document("saslContinue", 1)
                    .append("conversationId", 1)
                    .append("payload", new byte[] {1, 2, 3}));
        for (Document command : commands) {
          for (String database : List.of("admin", "ecommerce_staging")) {
            assertThatThrownBy(() -> stranger.getDatabase(database).runCommand(command))
                .as("%s in %s", command, database)
                .isInstanceOfSatisfying(
                    MongoCommandException.class,
                    refused -> assertThat(refused.getErrorCode()).isIn(13, 18));
          }
        }
      }
      for (String login :
          List.of(
              mongo.uri().replaceFirst("phusa:", "phusa:x"),
              mongo.uri().replaceFirst("phusa:", "root:"),
              mongo.uri() + "/?authMechanism=SCRAM-SHA-1",
              mongo.uri() + "/?authMechanism=PLAIN")) {
        try (MongoClient stranger = MongoClients.create(login)) {
          assertThatThrownBy(() -> collection(stranger).countDocuments())
              .isInstanceOf(MongoSecurityException.class);
        }
      }
      try (MongoClient user = MongoClients.create(mongo.uri() + "/?authSource=elsewhere")) {
        assertThat(collection(user).countDocuments()).isEqualTo(1);
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mongo.passwordFile())))
          .isEqualTo("rw-------");
    }
  }

  /** A file that somebody put there, with an object whose reading does something. */
  @Test
  void runsNothingThatLiesInItsFile() throws Exception {
    Path file = home.resolve("mongo/data.mv");
    Files.createDirectories(file.getParent());
    List<Object> planted =
        List.of(new Gadget(), new Object[] {new Gadget()}, new ArrayList<>(List.of(new Gadget())));
    for (Object value : planted) {
      Files.deleteIfExists(file);
      try (MVStore store = MVStore.open(file.toString())) {
        store.openMap("databases.shop.system.namespaces").put("shop.products", value);
      }
      Gadget.runs = 0;
      assertThatThrownBy(
              () -> {
                try (EmbeddedServices services = EmbeddedServices.at(home);
                    MongoClient client = MongoClients.create(services.mongo().uri())) {
                  client.getDatabase("shop").listCollectionNames().first();
                }
              })
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining("The file holds what is no document");
      assertThat(Gadget.runs).isZero();
    }
  }

  private static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;
    private static int runs;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      runs++;
    }
  }

  /** Every type of a document, over a restart, by a file that is read with a list of classes. */
  @Test
  void keepsEveryTypeOfADocument() throws Exception {
    Document all =
        new Document("_id", new Document("a", 1).append("b", "two"))
            .append("text", "Nón lá")
            .append("int", 7)
            .append("long", 1L << 40)
            .append("double", 1.5)
            .append("yes", true)
            .append("nothing", null)
            .append("when", Date.from(Instant.parse("2025-06-30T12:00:00Z")))
            .append("id", new ObjectId("507f1f77bcf86cd799439011"))
            .append("money", new Decimal128(new BigDecimal("12.30")))
            .append("bytes", new Binary(new byte[] {1, 2, 3}))
            .append("uuid", new Binary(BsonBinarySubType.UUID_STANDARD, new byte[16]))
            .append("time", new BsonTimestamp(1, 2))
            .append("list", List.of(1, List.of("x", new Document("deep", List.of())), 2.5));
    try (EmbeddedServices services = EmbeddedServices.at(home);
        MongoClient client = MongoClients.create(services.mongo().uri())) {
      collection(client).createIndex(new Document("text", 1).append("int", 1), UNIQUE);
      collection(client).insertOne(all);
      for (Object key : List.of(1, "x", 2L, new ObjectId())) {
        collection(client).insertOne(new Document("_id", key).append("text", key.toString()));
      }
    }
    try (EmbeddedServices services = EmbeddedServices.at(home);
        MongoClient client = MongoClients.create(services.mongo().uri())) {
      assertThat(collection(client).countDocuments()).isEqualTo(5);
      Document read = collection(client).find(new Document("int", 7)).first();
      assertThat(read.toBsonDocument()).isEqualTo(all.toBsonDocument());
      assertThatThrownBy(
              () ->
                  collection(client)
                      .insertOne(new Document("_id", 9).append("text", "Nón lá").append("int", 7)))
          .as("the index is there")
          .hasMessageContaining("duplicate key");
    }
  }

  private static MongoCollection<Document> collection(MongoClient client) {
    return client.getDatabase("ecommerce_staging").getCollection("raw_products");
  }
}
