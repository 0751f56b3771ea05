package vn.phusa.runners.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The class path against advisories in the OSV format: {@code mvn test
 * -Dphusa.audit.osv=FILE_OR_FOLDER}. Without them nothing is audited, and that is said.
 */
class AuditTest {
  private static final String OPTION = "phusa.audit.osv";

  /** What cannot be replaced, by artifact and advisory, with the reason. */
  private static final Map<String, String> ACCEPTED = Map.of();

  @Test
  void theClassPathHasNoKnownHole() throws Exception {
    String given = System.getProperty(OPTION, "");
    if (given.isBlank()) {
      System.out.println("dependencies: not audited (no -D" + OPTION + "=FILE_OR_FOLDER)");
      return;
    }
    OsvAdvisories advisories = OsvAdvisories.read(Path.of(given));
    List<MavenArtifact> artifacts = MavenArtifact.of(System.getProperty("java.class.path"));
    assertThat(advisories.size()).as("advisories in " + given).isPositive();
    assertThat(artifacts).hasSizeGreaterThan(100);
    List<String> found = new ArrayList<>();
    for (MavenArtifact artifact : artifacts) {
      for (String id : advisories.of(artifact)) {
        String finding = artifact.name() + " " + id;
        if (!ACCEPTED.containsKey(finding)) {
          found.add(finding + " (" + artifact.version() + ")");
        }
      }
    }
    System.out.println(
        "dependencies: "
            + artifacts.size()
            + " audited against "
            + advisories.size()
            + " advisories, "
            + found.size()
            + " affected");
    assertThat(found).as("affected").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "org.lz4:lz4-java, 1.8.0, true",
    "org.lz4:lz4-java, 1.8.1, false",
    "org.lz4:lz4-java, 1.10.1, false",
    "commons-beanutils:commons-beanutils, 1.9.4, true",
    "commons-beanutils:commons-beanutils, 1.11.0, false",
    // A range with a last version that is affected, and one that begins late.
    "org.example:ranges, 2.0, false",
    "org.example:ranges, 2.1-rc1, false",
    "org.example:ranges, 2.1, true",
    "org.example:ranges, 2.9.1, true",
    "org.example:ranges, 2.10, true",
    "org.example:ranges, 2.10.1, false",
    // Letters and numbers as Maven compares them: 1.0-alpha < 1.0-rc < 1.0 = 1.0.0 < 1.0.1.
    "org.example:ranges, 4.0-alpha-2, true",
    "org.example:ranges, 4.0.0, false",
    // Listed by hand; of another ecosystem; withdrawn.
    "org.example:listed, 7.7-custom, true",
    "org.example:listed, 7.7, false",
    "org.example:elsewhere, 1.0, false",
    "org.example:withdrawn, 1.0, false",
  })
  void rangesAreThoseOfMaven(String name, String version, boolean affected) throws Exception {
    OsvAdvisories advisories =
        OsvAdvisories.read(Path.of("src/test/resources/audit/advisories.json"));

    assertThat(advisories.of(new MavenArtifact(name, version))).hasSize(affected ? 1 : 0);
  }

  @Test
  void artifactsAreReadFromAClassPath() {
    assertThat(
            MavenArtifact.of(
                "/x/target/classes:/h/.m2/repository/at/yawk/lz4/lz4-java/1.11.1/lz4-java-1.11.1.jar"))
        .containsExactly(new MavenArtifact("at.yawk.lz4:lz4-java", "1.11.1"));
  }
}
