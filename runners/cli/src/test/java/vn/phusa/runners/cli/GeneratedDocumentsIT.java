package vn.phusa.runners.cli;

import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import vn.phusa.options.address.SchemaName;
import vn.phusa.options.address.SecretReference;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.runners.cli.contract.CommittedText;
import vn.phusa.runners.cli.contract.PassedTexts;
import vn.phusa.runners.cli.contract.WarehouseDocument;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.rules.Rules;

/** The documents that are made of what the program says of itself. */
@WithEmbeddedServices
class GeneratedDocumentsIT {

  @Test
  void theWarehouseIsDocumentedByItsComments(EmbeddedPostgres postgres) throws Exception {
    PGSimpleDataSource warehouse = new PGSimpleDataSource();
    warehouse.setUrl(postgres.createDatabase("documented"));
    warehouse.setUser(postgres.user());
    warehouse.setPassword(postgres.password());
    WarehouseSchema.migrate(warehouse, SchemaName.PUBLIC, Rules.defaults());
    try (Connection connection = warehouse.getConnection()) {
      String text = WarehouseDocument.of(firstLine("the database's own comments"), connection);
      CommittedText.at("docs/warehouse.md").assertHolds(text);
    }
  }

  @Test
  void theOptionsAreDocumentedByTheirInterfaces() throws Exception {
    var secrets = PassedTexts.below("vn.phusa").passedTo(SecretReference.class, "option");
    String text = ConfigurationDocument.of(firstLine("the options' own descriptions"), secrets);
    CommittedText.at("docs/configuration.md").assertHolds(text);
  }

  private static String firstLine(String source) {
    return "> Generated from " + source + ": [how](development.md#generated-files).";
  }
}
