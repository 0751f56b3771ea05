package vn.phusa.runners.embedded.home;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders at once. Symbolic links are never followed. */
public final class FileTrees {
  private FileTrees() {}

  /** Deletes the folder and all that is in it; an absent folder is no error. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (ProcessUser.isRoot()) {
      own(folder, ProcessUser.ROOT);
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Gives the folder and all that is in it to a user and the group of the same number. Only root
   * may, and sees into a folder that is closed to others only while it owns it where it may not
   * override modes.
   */
  public static void own(Path path, int uid) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      give(path, ProcessUser.ROOT);
      List<Path> content;
      try (Stream<Path> list = Files.list(path)) {
        content = list.toList();
      }
      for (Path child : content) {
        own(child, uid);
      }
    }
    give(path, uid);
  }

  private static void give(Path path, int uid) throws IOException {
    if (ProcessUser.ownerOf(path) != uid) {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
