package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A jar of this module's test classes, for the workers of a cluster. */
final class TestJar {
  private TestJar() {}

  /** Writes one that holds the class and those nested in it. */
  static Path of(Class<?> type, Path file) throws IOException {
    Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path folder = classes.resolve(type.getPackageName().replace('.', '/'));
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> files = Files.list(folder)) {
      List<Path> own =
          files.filter(f -> f.getFileName().toString().startsWith(type.getSimpleName())).toList();
      for (Path one : own) {
        jar.putNextEntry(new JarEntry(classes.relativize(one).toString()));
        Files.copy(one, jar);
        jar.closeEntry();
      }
    }
    return file;
  }
}
