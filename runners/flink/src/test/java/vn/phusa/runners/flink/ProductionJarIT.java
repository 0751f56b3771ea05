package vn.phusa.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.spec.AuthKind;
import vn.phusa.pipelines.io.marketplace.spec.PagingKind;

/** What the production jar holds, and what not. */
class ProductionJarIT {
  private static final int MEGABYTE = 1 << 20;
  private static JarFile jar;
  private static List<String> names;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(file());
    names = jar.stream().map(JarEntry::getName).toList();
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  private static File file() {
    return new File(System.getProperty("phusa.flink.build"), "phusa.jar");
  }

  @Test
  void startsWithItsOwnMainClass() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
        .isEqualTo(FlinkMain.class.getName());
  }

  @Test
  void holdsWhatAClusterLacks() {
    assertThat(names)
        .contains(
            "vn/phusa/runners/cli/main/Main.class",
            "vn/phusa/pipelines/LoadFacts.class",
            "org/apache/beam/runners/flink/FlinkRunner.class",
            "org/apache/beam/runners/direct/DirectRunner.class",
            "org/postgresql/Driver.class",
            "db/migration/V1__dimensions.sql");
  }

  @Test
  void leavesToTheClusterWhatItHas() {
    assertThat(names)
        .noneMatch(name -> name.startsWith("org/apache/flink/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("ch/qos/logback/"))
        .noneMatch(name -> name.startsWith("com/esotericsoftware/"))
        .noneMatch(name -> name.startsWith("com/twitter/chill/"))
        .noneMatch(name -> name.startsWith("org/rocksdb/"))
        .doesNotContain("logback.xml");
  }

  @Test
  void holdsNoEmbeddedServicesAndNoLocalCluster() {
    assertThat(names)
        .noneMatch(name -> name.startsWith("vn/phusa/runners/embedded/"))
        .noneMatch(name -> name.startsWith("vn/phusa/runners/flink/cluster/"))
        .noneMatch(name -> name.startsWith("kafka/") && name.endsWith(".class"))
        .noneMatch(name -> name.startsWith("org/h2/"))
        .noneMatch(name -> name.startsWith("de/bwaldvogel/"))
        .noneMatch(name -> name.endsWith(".txz"))
        .noneMatch(name -> name.contains("redis-server"));
    assertThat(file().length()).isLessThan(130L * MEGABYTE);
  }

  @Test
  void holdsNoSignaturesOfOthersJars() {
    assertThat(names)
        .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.endsWith("module-info.class"));
  }

  @Test
  void servicesOfAllJarsAreMerged() throws IOException {
    assertThat(service("org.apache.beam.sdk.options.PipelineOptionsRegistrar"))
        .contains(
            "vn.phusa.options.PhusaOptionsRegistrar",
            "org.apache.beam.runners.flink.FlinkRunnerRegistrar$Options",
            "org.apache.beam.runners.direct.DirectRegistrar$Options");
    assertThat(service("org.flywaydb.core.extensibility.Plugin"))
        .anyMatch(line -> line.contains("postgresql"))
        .anyMatch(line -> line.startsWith("org.flywaydb.core."));
    assertThat(service(AuthKind.class.getName()))
        .contains("vn.phusa.pipelines.io.marketplace.auth.ApiKeyAuthentication");
    assertThat(service(PagingKind.class.getName()))
        .contains("vn.phusa.pipelines.io.marketplace.paging.OffsetPaging");
  }

  private static List<String> service(String type) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry("META-INF/services/" + type))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
