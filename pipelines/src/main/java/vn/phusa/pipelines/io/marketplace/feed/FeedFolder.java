package vn.phusa.pipelines.io.marketplace.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;
import vn.phusa.pipelines.io.marketplace.spec.FeedSpec;

/**
 * What lies in a feed's folder. The folder itself may be reached by links; what lies below it is
 * read only where its real path is below the folder's, unless the feed follows links: whoever can
 * put a file there can put a link there too, to any file that this process may read.
 */
final class FeedFolder {
  private static final Logger LOG = LoggerFactory.getLogger(FeedFolder.class);

  /** A folder is open for each level. */
  private static final int MAX_DEPTH = 64;

  private static final Duration MAX_OPENING = Duration.ofSeconds(30);

  private final String name;
  private final FeedSpec feed;
  private final Path folder;
  private final int depth;

  /** Null: all files of the folder itself. */
  private final @Nullable PathMatcher matcher;

  FeedFolder(String name, FeedSpec feed) {
    this.name = name;
    this.feed = feed;
    String where = feed.files();
    int star = firstOf(where, "*?[{");
    if (star < 0) {
      folder = Path.of(where).toAbsolutePath().normalize();
      depth = 1;
      matcher = null;
      return;
    }
    int slash = where.lastIndexOf('/', star);
    folder = Path.of(slash < 0 ? "." : where.substring(0, slash + 1)).toAbsolutePath().normalize();
    String pattern = where.substring(slash + 1);
    depth = depth(pattern);
    matcher =
        FileSystems.getDefault()
            .getPathMatcher(
                "glob:" + (folder.equals(folder.getRoot()) ? "" : folder) + "/" + pattern);
  }

  /**
   * A file.
   *
   * @param path as the feed's description leads to it
   * @param folder the real path that it must not leave
   * @param real its real path when it was found
   */
  record Entry(Path path, Path folder, Path real) {}

  /**
   * What was found.
   *
   * @param files each real file once, by their paths
   * @param links those that lead out of the folder and were not followed
   */
  record Listing(List<Entry> files, List<Path> links) {}

  /**
   * Finds the files.
   *
   * @throws FeedLimitException if there are more than the feed may have
   * @throws IOException if there is no such folder, or it cannot be listed
   */
  Listing list() throws IOException {
    if (matcher == null && Files.isRegularFile(folder)) {
      Path real = folder.toRealPath();
      return new Listing(List.of(new Entry(folder, real.getParent(), real)), List.of());
    }
    Visitor visitor = new Visitor(folder.toRealPath());
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor);
    return visitor.listing();
  }

  /**
   * Opens a file that was found. Between the two it may have been replaced by a link or by a pipe:
   * each part of its real path is opened without following links, from the folder on.
   */
  static InputStream open(Entry file) throws IOException {
    Path names = file.folder().relativize(file.real());
    DirectoryStream<Path> at = Files.newDirectoryStream(file.folder());
    try {
      for (int i = 0; i < names.getNameCount() - 1; i++) {
        DirectoryStream<Path> next =
            secure(at).newDirectoryStream(names.getName(i), LinkOption.NOFOLLOW_LINKS);
        at.close();
        at = next;
      }
      Path last = names.getFileName();
      BasicFileAttributes attributes =
          secure(at)
              .getFileAttributeView(last, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      if (!attributes.isRegularFile()) {
        throw new IOException("no file any more");
      }
      SecureDirectoryStream<Path> holder = secure(at);
      return Channels.newInputStream(
          TimedOpening.open(
              () ->
                  holder.newByteChannel(
                      last, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)),
              MAX_OPENING));
    } finally {
      at.close();
    }
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder)
      throws IOException {
    if (folder instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new IOException("the file system cannot open files relative to a folder");
  }

  /** How many levels of folders a pattern can match at most. */
  private static int depth(String pattern) {
    return pattern.contains("**")
        ? MAX_DEPTH
        : 1 + (int) pattern.chars().filter(c -> c == '/').count();
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Collects the files of one walk. */
  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path realFolder;
    private final List<Entry> found = new ArrayList<>();
    private final List<Path> links = new ArrayList<>();
    private long visited;

    Visitor(Path realFolder) {
      this.realFolder = realFolder;
    }

    /** By their paths, so that a file with several is known by the same one each time. */
    Listing listing() {
      Set<Path> seen = new HashSet<>();
      List<Entry> files =
          found.stream()
              .sorted((one, other) -> one.path().compareTo(other.path()))
              .filter(file -> seen.add(file.real()))
              .toList();
      return new Listing(files, links.stream().sorted().toList());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      count();
      if (directory.equals(folder) || mayRead(directory) != null) {
        return FileVisitResult.CONTINUE;
      }
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      count();
      if (file.getFileName().toString().startsWith(".")
          || (matcher != null && !matcher.matches(file))) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isRegularFile()) {
        Path real = mayRead(file);
        if (real != null) {
          found.add(new Entry(file, feed.followLinks() ? real.getParent() : realFolder, real));
        }
      } else if (attributes.isOther()) {
        // A pipe would be waited for without an end, and a device may have none.
        LOG.warn("{}: {} is a pipe, a socket or a device: it is not read", name, file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (file.equals(folder)) {
        throw e;
      }
      count();
      // Another's folder, or one that is gone: those beside it can be read all the same.
      LOG.warn("{}: {} cannot be read: {}", name, file, e.getClass().getSimpleName());
      return FileVisitResult.CONTINUE;
    }

    /** The real path; null for a link that leads out, and for what is gone. */
    private @Nullable Path mayRead(Path path) throws IOException {
      Path real;
      try {
        real = path.toRealPath();
      } catch (NoSuchFileException e) {
        // Taken away, or given its name at last, since the folder was listed.
        return null;
      } catch (IOException e) {
        LOG.warn("{}: {} cannot be read: {}", name, path, e.getClass().getSimpleName());
        return null;
      }
      if (feed.followLinks() || real.startsWith(realFolder)) {
        return real;
      }
      links.add(path);
      return null;
    }

    private void count() throws FeedLimitException {
      visited++;
      if (visited > feed.limits().files()) {
        throw FeedLimitException.of(
            "more than %,d files and folders", feed.limits().files(), "files");
      }
    }
  }
}
