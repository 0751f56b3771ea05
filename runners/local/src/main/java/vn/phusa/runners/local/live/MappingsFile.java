package vn.phusa.runners.local.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.runners.local.UsageException;
import vn.phusa.transforms.mapping.MappingException;
import vn.phusa.transforms.mapping.Mappings;

/** What the records of marketplaces and feeds mean, in a launch. */
final class MappingsFile {
  private static final String MAPPING = "mapping";

  private MappingsFile() {}

  /**
   * The built-in mappings, changed by {@code marketplaces.<name>.mapping} and {@code
   * feeds.<name>.mapping} of a file.
   *
   * @param file null: those built in
   * @throws UsageException if the file cannot be read, or is not right
   */
  static Mappings read(@Nullable String file) {
    Mappings mappings = Mappings.builtIn();
    if (file == null) {
      return mappings;
    }
    try {
      JsonNode tree = new YAMLMapper().readTree(Files.readString(Path.of(file)));
      for (Map.Entry<String, JsonNode> platform : tree.path("marketplaces").properties()) {
        if (platform.getValue().has(MAPPING)) {
          mappings = mappings.with(platform.getKey(), platform.getValue().get(MAPPING));
        }
      }
      for (Map.Entry<String, JsonNode> feed : tree.path("feeds").properties()) {
        if (feed.getValue().has(MAPPING)) {
          mappings = mappings.withFeed(feed.getKey(), feed.getValue().get(MAPPING));
        }
      }
      return mappings;
    } catch (MappingException e) {
      throw new UsageException("--marketplaces: " + e.getMessage());
    } catch (JsonProcessingException e) {
      throw new UsageException("--marketplaces: the file " + file + " is no YAML");
    } catch (IOException e) {
      throw new UsageException("--marketplaces: the file " + file + " cannot be read");
    }
  }
}
