package vn.phusa.runners.jobs.preflight;

import vn.phusa.options.OltpOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.SecretReference;

/** What a command may need beside itself. */
public enum Service {
  OLTP(
      "oltpUrl",
      new PostgresService(
          "shop",
          DatabaseAddress::oltp,
          (options, database) -> {
            OltpOptions oltp = options.as(OltpOptions.class);
            oltp.setOltpUrl(database.url());
            oltp.setOltpUser(database.user());
            oltp.setOltpPassword(SecretReference.toFile(database.passwordFile()).toString());
          })),
  WAREHOUSE(
      "warehouseUrl",
      new PostgresService(
          "warehouse",
          DatabaseAddress::warehouse,
          (options, database) -> {
            WarehouseOptions warehouse = options.as(WarehouseOptions.class);
            warehouse.setWarehouseUrl(database.url());
            warehouse.setWarehouseUser(database.user());
            warehouse.setWarehousePassword(
                SecretReference.toFile(database.passwordFile()).toString());
          })),
  /** The MongoDB of the staged records. */
  STAGING("stagingUri", new MongoService()),
  /** The marketplaces' APIs and feeds; embedded: simulated ones. */
  MARKETPLACES("marketplaces", new MarketplacesService()),
  KAFKA("kafkaBootstrapServers", new KafkaService()),
  REDIS("redisUri", new RedisService());

  private final String option;
  private final ServiceAccess<?> access;

  Service(String option, ServiceAccess<?> access) {
    this.option = option;
    this.access = access;
  }

  /** The option that names it, without dashes. */
  public String option() {
    return option;
  }

  ServiceAccess<?> access() {
    return access;
  }
}
