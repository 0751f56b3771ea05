package vn.phusa.pipelines.io.marketplace;

import com.google.common.hash.Hashing;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.mongodb.Staging;

/**
 * The files of a feed, and which of them were read: known by path, size, time of change and a hash
 * of the content, so that a file that was only touched is not read again.
 */
final class FeedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(FeedFiles.class);
  private static final String FILES = "extract_feed_file";

  private final String name;
  private final String where;
  private final MongoCollection<Document> read;

  FeedFiles(String name, String where, Staging staging) {
    this.name = name;
    this.where = where;
    this.read = staging.memory(FILES);
  }

  /**
   * A file to read.
   *
   * @param size in bytes
   * @param modified when it changed
   * @param hash of its content; null if it cannot be read
   */
  record FeedFile(Path path, long size, Date modified, @Nullable String hash) {}

  /**
   * The files that are new or changed, the oldest first; also those that cannot be read.
   *
   * @throws MarketplaceException if there is no such folder, or it cannot be listed
   */
  List<FeedFile> changed() {
    try {
      List<FeedFile> changed = new ArrayList<>();
      for (Path path : list()) {
        FeedFile file = changed(path);
        if (file != null) {
          changed.add(file);
        }
      }
      changed.sort(Comparator.comparing(FeedFile::modified).thenComparing(FeedFile::path));
      return changed;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw MarketplaceException.lasting(name + ": the files at " + where + " cannot be read");
    }
  }

  /** Remembers that a file was read whole. */
  void done(FeedFile file, String runId) {
    read.replaceOne(
        Filters.eq(key(file.path())),
        new Document("_id", key(file.path()))
            .append("size", file.size())
            .append("modified", file.modified())
            .append("hash", file.hash())
            .append("run_id", runId),
        new ReplaceOptions().upsert(true));
  }

  private @Nullable FeedFile changed(Path path) throws IOException {
    try {
      return changedSinceRead(path);
    } catch (NoSuchFileException e) {
      // Taken away, or given its name at last, since the folder was listed.
      return null;
    }
  }

  private @Nullable FeedFile changedSinceRead(Path path) throws IOException {
    long size = Files.size(path);
    Date modified = new Date(Files.getLastModifiedTime(path).toMillis());
    Document known = read.find(Filters.eq(key(path))).first();
    if (known != null
        && known.getLong("size") == size
        && known.getDate("modified").equals(modified)) {
      return null;
    }
    String hash = hash(path);
    FeedFile file = new FeedFile(path, size, modified, hash);
    if (known != null && hash != null && hash.equals(known.getString("hash"))) {
      done(file, known.getString("run_id"));
      return null;
    }
    return file;
  }

  private static @Nullable String hash(Path path) {
    try {
      return com.google.common.io.Files.asByteSource(path.toFile())
          .hash(Hashing.sha256())
          .toString();
    } catch (IOException e) {
      // Who reads it meets the same, and the other files need not wait for it.
      return null;
    }
  }

  private String key(Path path) {
    return name + ":" + path;
  }

  private List<Path> list() throws IOException {
    int star = firstOf(where, "*?[{");
    if (star < 0) {
      Path path = Path.of(where).toAbsolutePath().normalize();
      if (Files.isRegularFile(path)) {
        return List.of(path);
      }
      try (Stream<Path> files = Files.list(path)) {
        return files.filter(FeedFiles::isData).toList();
      }
    }
    int slash = where.lastIndexOf('/', star);
    Path root =
        Path.of(slash < 0 ? "." : where.substring(0, slash + 1)).toAbsolutePath().normalize();
    String pattern = where.substring(slash + 1);
    PathMatcher matcher =
        FileSystems.getDefault()
            .getPathMatcher("glob:" + (root.equals(root.getRoot()) ? "" : root) + "/" + pattern);
    return walk(root, depth(pattern)).stream()
        .filter(FeedFiles::isData)
        .filter(matcher::matches)
        .toList();
  }

  /** How many levels of folders a pattern can match at most. */
  private static int depth(String pattern) {
    return pattern.contains("**")
        ? Integer.MAX_VALUE
        : 1 + (int) pattern.chars().filter(c -> c == '/').count();
  }

  private List<Path> walk(Path root, int depth) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
              throw e;
            }
            // Another's folder, or one that is gone: those beside it can be read all the same.
            LOG.warn("{}: {} cannot be looked into: {}", name, file, e.getClass().getSimpleName());
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static boolean isData(Path path) {
    return Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".");
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
