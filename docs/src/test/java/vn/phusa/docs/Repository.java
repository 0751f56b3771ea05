package vn.phusa.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the repository that these tests run in. */
final class Repository {
  /** Built, fetched, or of a tool: nobody reads them as documents. */
  private static final Set<String> NOT_OURS =
      Set.of("target", ".git", ".phusa", ".idea", "node_modules");

  private Repository() {}

  /** The top folder: the one that has the launcher. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("phusa"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("these tests run outside of the repository");
      }
    }
    return folder;
  }

  /** All files of a kind, for example {@code .md}; sorted. */
  static List<Path> files(String... endings) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(root(), new Collector(found, List.of(endings)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's name as a person says it: "docs/limits.md". */
  static String name(Path file) {
    return root().relativize(file).toString();
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> found;
    private final List<String> endings;

    Collector(List<Path> found, List<String> endings) {
      this.found = found;
      this.endings = endings;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root()) && NOT_OURS.contains(folder.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (endings.stream().anyMatch(file.getFileName().toString()::endsWith)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
