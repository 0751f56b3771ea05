package vn.phusa.pipelines.io.staging;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;

/**
 * A connection to the staging database. What is written through it is acknowledged only when a
 * majority of the servers have it on disk, so that a cursor that moves after a page never overtakes
 * the page; and what is read is what the primary has.
 */
public final class Staging implements AutoCloseable {

  /** The database's name, fixed by contract. */
  public static final String DATABASE = "ecommerce_staging";

  /** Products of marketplaces and feeds, one document each. */
  public static final String PRODUCTS = "raw_products";

  /** Orders of marketplaces, one document each. */
  public static final String ORDERS = "raw_orders";

  private static final int SELECTION_SECONDS = 10;

  private final MongoClient client;
  private final MongoDatabase database;

  private Staging(MongoClient client) {
    this.client = client;
    this.database = client.getDatabase(DATABASE);
  }

  /**
   * Opens a connection; the secret is resolved here, on the machine that connects. The server is
   * first met by the first call.
   *
   * @throws vn.phusa.options.address.UnresolvedSecretException if there is no password where it
   *     should be
   */
  public static Staging open(MongoAddress address) {
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyToClusterSettings(
                c -> c.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
            .applyToSocketSettings(
                s ->
                    s.connectTimeout(SELECTION_SECONDS, TimeUnit.SECONDS)
                        .readTimeout((int) AnswerTimeout.limit().toMillis(), TimeUnit.MILLISECONDS))
            .addCommandListener(new ReportedCommands(address.service()))
            // After it, so that the URI can say otherwise.
            .applyConnectionString(new ConnectionString(address.resolve()))
            .applicationName("phusa")
            // Whatever the URI says: tokens, cursors and comparisons with what is staged must not
            // be those of a server that lags behind.
            .readPreference(ReadPreference.primary())
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .retryWrites(true);
    MongoTls.apply(address, settings);
    return new Staging(MongoClients.create(settings.build()));
  }

  /** The collection of a name of an extraction's part: "products" stand in "raw_products". */
  public static String collectionOf(String part) {
    return "raw_" + part;
  }

  /** A collection of staged records, with the index that loads read it by. */
  public MongoCollection<Document> records(String collection) {
    MongoCollection<Document> records = database.getCollection(collection);
    for (Document index : records.listIndexes()) {
      Document key = index.get("key", Document.class);
      if (key != null && key.containsKey(StagedDocuments.EXTRACTED)) {
        return records;
      }
    }
    records.createIndex(Indexes.ascending(StagedDocuments.PLATFORM, StagedDocuments.EXTRACTED));
    return records;
  }

  /** All of it, to be read. */
  MongoDatabase database() {
    return database;
  }

  /** A collection of what extractions remember: cursors, permits, tokens, leases, files. */
  public MongoCollection<Document> memory(String collection) {
    return database.getCollection(collection);
  }

  @Override
  public void close() {
    client.close();
  }
}
