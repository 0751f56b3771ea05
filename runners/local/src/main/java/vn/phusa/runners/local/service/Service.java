package vn.phusa.runners.local;

import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.OltpOptions;
import vn.phusa.options.SecretReference;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.runners.local.backend.EmbeddedStores;

/** A database that a command needs. */
public enum Service {
  OLTP("oltpUrl", "shop", DatabaseAddress::oltp) {
    @Override
    void use(PipelineOptions options, EmbeddedStores.Database database) {
      OltpOptions oltp = options.as(OltpOptions.class);
      oltp.setOltpUrl(database.url());
      oltp.setOltpUser(database.user());
      oltp.setOltpPassword(SecretReference.toFile(database.passwordFile()).toString());
    }
  },
  WAREHOUSE("warehouseUrl", "warehouse", DatabaseAddress::warehouse) {
    @Override
    void use(PipelineOptions options, EmbeddedStores.Database database) {
      WarehouseOptions warehouse = options.as(WarehouseOptions.class);
      warehouse.setWarehouseUrl(database.url());
      warehouse.setWarehouseUser(database.user());
      warehouse.setWarehousePassword(SecretReference.toFile(database.passwordFile()).toString());
    }
  };

  private final String option;
  private final String embeddedName;
  private final Function<PipelineOptions, Optional<DatabaseAddress>> address;

  Service(
      String option,
      String embeddedName,
      Function<PipelineOptions, Optional<DatabaseAddress>> address) {
    this.option = option;
    this.embeddedName = embeddedName;
    this.address = address;
  }

  /** The option that names it, without dashes. */
  public String option() {
    return option;
  }

  /** The name of its embedded database. */
  public String embeddedName() {
    return embeddedName;
  }

  /** Where the options say that it is; empty if they do not. */
  public Optional<DatabaseAddress> address(PipelineOptions options) {
    return address.apply(options);
  }

  /** Lets the options name an embedded database. */
  abstract void use(PipelineOptions options, EmbeddedStores.Database database);
}
