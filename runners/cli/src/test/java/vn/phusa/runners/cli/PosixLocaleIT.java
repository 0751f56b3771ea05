package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.embedded.process.Deadline;

/**
 * As cron, systemd and minimal images start a command: in the POSIX locale, while the repository,
 * the feeds and the files' own names are Vietnamese.
 */
@WithEmbeddedServices
class PosixLocaleIT {
  private static final Duration LIMIT = Deadline.scaled(Duration.ofMinutes(5));
  private static final List<String> MODULES =
      List.of(
          "options",
          "transforms",
          "pipelines",
          "runners/samples",
          "runners/simulator",
          "runners/embedded",
          "runners/jobs",
          "runners/cli");

  @TempDir Path folder;

  @Test
  void pathsMayBeVietnamese(EmbeddedPostgres postgres, EmbeddedMongo staging) throws Exception {
    Path repository = copied(folder.resolve("Kho hàng/Phù Sa"));
    Path feed = Files.createDirectories(folder.resolve("Điện thoại"));
    Files.writeString(
        feed.resolve("bảng giá.csv"), "id,name,price,last_updated\n1,Áo lụa,150000,2025-06-01\n");
    Path shops =
        Files.writeString(
            folder.resolve("cửa hàng.yaml"), "feeds: {fptshop: {files: \"" + feed + "/*.csv\"}}\n");
    try (ShopAndWarehouse databases = ShopAndWarehouse.in(postgres, "posix")) {
      assertThat(databases.onWarehouse("migrate").code()).isZero();
      Path output = folder.resolve("output");
      List<String> command =
          Stream.of(
                  Stream.of(repository.resolve("phusa").toString(), "extract"),
                  databases.warehouseArguments().stream(),
                  StagingArguments.of(staging).stream(),
                  Stream.of("--marketplaces=" + shops))
              .flatMap(arguments -> arguments)
              .toList();
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
      builder.environment().put("LC_ALL", "POSIX");
      Process process = builder.start();
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
      assertThat(
              databases.warehouseRows(
                  "SELECT step, rows_read FROM etl_step WHERE rows_read IS NOT NULL"))
          .contains(List.of("extract/fptshop/products", "1"));
    }
  }

  /** What the launcher starts, built. */
  private static Path copied(Path to) throws IOException {
    Path root = Path.of("../..").toRealPath();
    copy(root, to, "phusa");
    copy(root, to, "runners/jvm.sh");
    for (String module : MODULES) {
      copy(root, to, module + "/target/classes");
    }
    String classPath = Files.readString(root.resolve("runners/cli/target/classpath"));
    // The modules' jars are left where they were built; the classes that are started are the
    // copy's.
    Files.writeString(to.resolve("runners/cli/target/classpath"), classPath);
    return to;
  }

  private static void copy(Path from, Path to, String name) throws IOException {
    Path source = from.resolve(name);
    try (Stream<Path> all = Files.walk(source)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (!Files.isDirectory(target)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
