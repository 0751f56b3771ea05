package vn.phusa.runners.cli.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.simulator.MarketplaceSimulator;
import vn.phusa.runners.simulator.PlatformCatalogue;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;

/** What stands in staging, beside what the platforms serve. */
final class StagedShops implements AutoCloseable {
  /** What the connector asks of an order at Shopee. */
  private static final Set<String> SHOPEE_FIELDS =
      Set.of(
          "buyer_user_id",
          "buyer_username",
          "estimated_shipping_fee",
          "recipient_address",
          "actual_shipping_fee",
          "item_list",
          "pay_time",
          "cancel_reason",
          "shipping_carrier",
          "payment_method",
          "total_amount",
          "package_list");

  private final MongoClient client;
  private final MongoDatabase database;

  private StagedShops(MongoClient client) {
    this.client = client;
    this.database = client.getDatabase(Staging.DATABASE);
  }

  /** Empties the staging database, and all that extractions remembered. */
  static StagedShops emptied(EmbeddedMongo mongo) {
    StagedShops staged = new StagedShops(MongoClients.create(mongo.uri()));
    staged.database.drop();
    return staged;
  }

  /** Whether no extraction is under way: one that was stopped writes the rest of its page. */
  boolean isLeftAlone() {
    return database.getCollection("extract_lease").countDocuments() == 0;
  }

  /** How many records of a platform a collection has. */
  long count(String collection, SimulatedPlatform platform) {
    return database.getCollection(collection).countDocuments(Filters.eq("platform", platform.id()));
  }

  /** The payloads of a platform's records by their ids. */
  Map<String, String> payloads(String collection, SimulatedPlatform platform) {
    Map<String, String> payloads = new TreeMap<>();
    for (Document document :
        database
            .getCollection(collection)
            .find(Filters.eq("platform", platform.id()))
            // The embedded server would put all into one answer, however long.
            .batchSize(1_000)) {
      String before = payloads.put(document.getString("id"), document.getString("payload"));
      assertThat(before).as("an id that is there twice").isNull();
    }
    return payloads;
  }

  /** Each product and order once, byte for byte as it is served now. */
  void assertComplete(MarketplaceSimulator simulator) {
    for (SimulatedPlatform platform : SimulatedPlatform.values()) {
      PlatformCatalogue catalogue = simulator.catalogue(platform);
      assertSame(
          platform + " products",
          payloads("raw_products", platform),
          products(platform, catalogue));
      assertSame(
          platform + " orders", payloads("raw_orders", platform), orders(platform, catalogue));
    }
    PlatformCatalogue lazada = simulator.catalogue(SimulatedPlatform.LAZADA);
    Map<String, String> items = payloads("raw_order_items", SimulatedPlatform.LAZADA);
    assertThat(items.keySet()).containsExactlyInAnyOrderElementsOf(lazada.orderIds());
    items.forEach((id, payload) -> assertThat(payload).contains(lazada.lazadaItems(id)));
    PlatformCatalogue shopee = simulator.catalogue(SimulatedPlatform.SHOPEE);
    Map<String, String> extras = payloads("raw_product_extras", SimulatedPlatform.SHOPEE);
    assertThat(extras.keySet()).containsExactlyInAnyOrderElementsOf(shopee.productIds());
    extras.forEach((id, payload) -> assertThat(payload).isEqualTo(shopee.shopeeExtra(id)));
    payloads("raw_product_models", SimulatedPlatform.SHOPEE)
        .forEach((id, payload) -> assertThat(payload).isEqualTo(shopee.shopeeModels(id)));
  }

  static Map<String, String> products(SimulatedPlatform platform, PlatformCatalogue catalogue) {
    Map<String, String> served = new HashMap<>();
    for (String id : catalogue.productIds()) {
      served.put(
          id,
          platform == SimulatedPlatform.TIKI
              ? catalogue.tikiWithInventory(id)
              : catalogue.product(id));
    }
    return served;
  }

  static Map<String, String> orders(SimulatedPlatform platform, PlatformCatalogue catalogue) {
    Map<String, String> served = new HashMap<>();
    for (String id : catalogue.orderIds()) {
      served.put(
          id,
          platform == SimulatedPlatform.SHOPEE
              ? catalogue.shopeeOrder(id, SHOPEE_FIELDS)
              : catalogue.order(id));
    }
    return served;
  }

  private static void assertSame(
      String what, Map<String, String> staged, Map<String, String> served) {
    List<String> missing = served.keySet().stream().filter(id -> !staged.containsKey(id)).toList();
    List<String> unknown = staged.keySet().stream().filter(id -> !served.containsKey(id)).toList();
    List<String> differing =
        staged.keySet().stream()
            .filter(id -> served.containsKey(id) && !staged.get(id).equals(served.get(id)))
            .toList();
    assertThat(missing).as(what + " missing").isEmpty();
    assertThat(unknown).as(what + " that are not served").isEmpty();
    assertThat(differing)
        .as(
            () ->
                what
                    + " that differ, as the first, staged and served:\n"
                    + differing.stream()
                        .findFirst()
                        .map(id -> staged.get(id) + "\n" + served.get(id))
                        .orElse(""))
        .isEmpty();
  }

  @Override
  public void close() {
    client.close();
  }
}
