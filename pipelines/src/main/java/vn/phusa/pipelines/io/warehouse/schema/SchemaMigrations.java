package vn.phusa.pipelines.io.warehouse.schema;

import com.google.common.io.CharStreams;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.scanner.Scanner;
import vn.phusa.options.address.SchemaName;

/**
 * Flyway's own migrations, as they are in a schema that is not public. Flyway knows each by the sum
 * of this text, so that the schema keeps its name.
 */
final class SchemaMigrations implements ResourceProvider {
  private final ResourceProvider scripts;
  private final SchemaName schema;

  /**
   * @param configuration says where the scripts are
   */
  SchemaMigrations(Configuration configuration, SchemaName schema) {
    this.scripts = new Scanner<>(JavaMigration.class, configuration, configuration.getLocations());
    this.schema = schema;
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    LoadableResource script = scripts.getResource(name);
    return script == null ? null : new InSchema(script);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return scripts.getResources(prefix, suffixes).stream()
        .<LoadableResource>map(InSchema::new)
        .toList();
  }

  private final class InSchema extends LoadableResource {
    private final LoadableResource script;

    InSchema(LoadableResource script) {
      this.script = script;
    }

    @Override
    public Reader read() {
      try (Reader reader = script.read()) {
        return new StringReader(SchemaScript.in(schema, CharStreams.toString(reader)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String getAbsolutePath() {
      return script.getAbsolutePath();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return script.getAbsolutePathOnDisk();
    }

    @Override
    public String getFilename() {
      return script.getFilename();
    }

    @Override
    public String getRelativePath() {
      return script.getRelativePath();
    }
  }
}
