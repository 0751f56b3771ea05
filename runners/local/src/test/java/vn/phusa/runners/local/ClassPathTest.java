package vn.phusa.runners.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;

/** What dependencies bring along unasked. */
class ClassPathTest {

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

  private static Stream<String> entries() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .map(entry -> entry.substring(entry.lastIndexOf('/') + 1));
  }
}
