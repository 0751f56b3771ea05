package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

class WarehouseSchemaTest {

  @Test
  void newestIsTheVersionOfTheNewestScript() throws Exception {
    try (Stream<Path> scripts = Files.list(scripts())) {
      assertThat(
              scripts
                  .map(script -> script.getFileName().toString())
                  .filter(name -> name.startsWith("V"))
                  .map(name -> MigrationVersion.fromVersion(name.substring(1, name.indexOf("__"))))
                  .max(Comparator.naturalOrder()))
          .contains(WarehouseSchema.NEWEST);
    }
  }

  private static Path scripts() throws URISyntaxException {
    return Path.of(WarehouseSchema.class.getResource("/db/migration").toURI());
  }
}
