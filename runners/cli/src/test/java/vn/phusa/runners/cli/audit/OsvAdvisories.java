package vn.phusa.runners.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * What is known of artifacts in the OSV format: a file of one advisory or of a list of them, or a
 * folder of such files.
 */
final class OsvAdvisories {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> advisories = new ArrayList<>();

  private OsvAdvisories() {}

  /**
   * Reads them.
   *
   * @throws IOException when there is nothing there, or it is no JSON
   */
  static OsvAdvisories read(Path path) throws IOException {
    OsvAdvisories all = new OsvAdvisories();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file) && file.toString().endsWith(".json")) {
          JsonNode json = JSON.readTree(file.toFile());
          (json.isArray() ? json : JSON.createArrayNode().add(json)).forEach(all.advisories::add);
        }
      }
    }
    return all;
  }

  int size() {
    return advisories.size();
  }

  /** The ids of those that an artifact is affected by, each with its first alias. */
  List<String> of(MavenArtifact artifact) {
    List<String> ids = new ArrayList<>();
    for (JsonNode advisory : advisories) {
      if (advisory.hasNonNull("withdrawn")) {
        continue;
      }
      for (JsonNode affected : advisory.path("affected")) {
        if (affected.path("package").path("ecosystem").asText().equals("Maven")
            && affected.path("package").path("name").asText().equals(artifact.name())
            && isAffected(affected, artifact.version())) {
          ids.add(
              (advisory.path("id").asText() + " " + advisory.path("aliases").path(0).asText(""))
                  .strip());
          break;
        }
      }
    }
    return ids;
  }

  private static boolean isAffected(JsonNode affected, String version) {
    for (JsonNode listed : affected.path("versions")) {
      if (listed.asText().equals(version)) {
        return true;
      }
    }
    for (JsonNode range : affected.path("ranges")) {
      if (range.path("type").asText().equals("ECOSYSTEM") && isWithin(range, version)) {
        return true;
      }
    }
    return false;
  }

  /** From each version "introduced" on, until "fixed" or after "last_affected". */
  private static boolean isWithin(JsonNode range, String text) {
    ComparableVersion version = new ComparableVersion(text);
    List<Map.Entry<String, JsonNode>> events = new ArrayList<>();
    range.path("events").forEach(event -> events.addAll(event.properties()));
    events.sort(Comparator.comparing(event -> new ComparableVersion(event.getValue().asText())));
    boolean within = false;
    for (Map.Entry<String, JsonNode> event : events) {
      String at = event.getValue().asText();
      int compared = version.compareTo(new ComparableVersion(at));
      switch (event.getKey()) {
        case "introduced" -> within |= at.equals("0") || compared >= 0;
        case "fixed" -> within &= compared < 0;
        case "last_affected" -> within &= compared <= 0;
        default -> {} // "limit" is for commits
      }
    }
    return within;
  }
}
