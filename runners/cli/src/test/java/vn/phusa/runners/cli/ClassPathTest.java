package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;

/** What dependencies bring along unasked. */
class ClassPathTest {
  /**
   * Jars that hold the same classes. The DirectRunner's has what it needs of Beam packed into it,
   * and all of Beam is of one release: the classes are the same.
   */
  private static final List<String> TWICE =
      List.of(
          "beam-runners-direct-java beam-sdks-java-core",
          "beam-runners-direct-java beam-runners-java-fn-execution",
          "beam-runners-core-java beam-runners-direct-java");

  @Test
  void logbackAloneWritesTheLog() {
    assertThat(ServiceLoader.load(SLF4JServiceProvider.class))
        .singleElement()
        .isInstanceOf(ch.qos.logback.classic.spi.LogbackServiceProvider.class);
    assertThat(entries().filter(jar -> jar.matches("(slf4j-(?!api)|log4j-slf4j).*"))).isEmpty();
  }

  @Test
  void flinkIsOfOneRelease() {
    assertThat(
            entries()
                .filter(jar -> jar.matches("flink-(?!shaded).*"))
                .map(jar -> jar.replaceFirst(".*-([0-9.]+)\\.jar", "$1"))
                .distinct())
        .hasSize(1);
  }

  @Test
  void noClassIsThereTwice() throws IOException {
    Map<String, Set<String>> jars = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      if (entry.endsWith(".jar")) {
        try (JarFile jar = new JarFile(entry)) {
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
              .filter(name -> !name.startsWith("META-INF/"))
              .forEach(
                  name -> jars.computeIfAbsent(name, n -> new TreeSet<>()).add(artifact(entry)));
        }
      }
    }
    assertThat(jars).hasSizeGreaterThan(50_000);
    assertThat(
            jars.values().stream()
                .filter(several -> several.size() > 1)
                .map(several -> String.join(" ", several))
                .distinct())
        .isSubsetOf(TWICE);
  }

  /** Also of an older name than the one that is looked after: an exclusion was forgotten. */
  @Test
  void lz4IsThereUnderOneName() {
    assertThat(entries().filter(jar -> jar.startsWith("lz4-"))).hasSize(1);
    assertThat(System.getProperty("java.class.path")).doesNotContain("/org/lz4/");
  }

  /** Without its version. */
  private static String artifact(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("-[0-9][0-9A-Za-z.-]*\\.jar", "");
  }

  private static Stream<String> entries() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .map(entry -> entry.substring(entry.lastIndexOf('/') + 1));
  }
}
