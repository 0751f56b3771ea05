package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoIT {
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

  private static MongoCollection<Document> collection(MongoClient client) {
    return client.getDatabase("ecommerce_staging").getCollection("raw_products");
  }
}
