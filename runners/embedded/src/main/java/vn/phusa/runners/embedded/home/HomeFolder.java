package vn.phusa.runners.embedded.home;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The folder of the embedded services: with passwords, documents and what a server does with what
 * it finds there, it must be ours alone. One of ours that others may look into is closed; one that
 * they may have put something into is refused.
 */
public final class HomeFolder {
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> OTHERS_ENTER =
      EnumSet.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path home;
  private final int self;

  /** Whether others could reach what is in it until now. */
  private final boolean wasOpen;

  private HomeFolder(Path home, int self, boolean wasOpen) {
    this.home = home;
    this.self = self;
    this.wasOpen = wasOpen;
  }

  /**
   * The home, made where it is absent.
   *
   * @throws HomeRefusedException if it belongs to somebody else, or others may write into it
   */
  public static HomeFolder of(Path home) throws IOException {
    Path real = PrivateFiles.folder(home.toAbsolutePath()).toRealPath();
    boolean isOpen = Files.getPosixFilePermissions(real).stream().anyMatch(OTHERS_ENTER::contains);
    HomeFolder folder = new HomeFolder(real, ProcessUser.uid(), isOpen);
    folder.check(real);
    return folder;
  }

  /** Its real path. */
  public Path path() {
    return home;
  }

  /**
   * Lets nobody else in, and takes from all that is in it what others may do with it. To be called
   * by the one process that has the home.
   *
   * @throws HomeRefusedException if something in it belongs to somebody else, or others could write
   *     into it until now
   */
  public void close() throws IOException {
    close(home, true);
    Path postgres = home.resolve("postgres");
    Path data = postgres.resolve("data");
    Path binaries = home.resolve(BinaryCache.UNDER_HOME);
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
              throws IOException {
            if (visited.equals(home)) {
              return FileVisitResult.CONTINUE;
            }
            return visit(visited, true) && !visited.equals(binaries)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            visit(file, false);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // Of nobody's folder not even root sees the content where it may not override modes.
            if (file.startsWith(postgres)) {
              visit(file, true);
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          private boolean visit(Path path, boolean isFolder) throws IOException {
            try {
              return closes(path, isFolder);
            } catch (NoSuchFileException gone) {
              return false; // a server that was left behind is still at work
            }
          }

          /** Whether PostgreSQL does not look after what is in it. */
          private boolean closes(Path path, boolean isFolder) throws IOException {
            if (self == ProcessUser.ROOT
                && path.startsWith(postgres)
                && ProcessUser.ownerOf(path) == ProcessUser.NOBODY) {
              return !path.equals(data);
            }
            check(path);
            if (!Files.isSymbolicLink(path)) {
              close(path, isFolder);
            }
            return !path.equals(data);
          }
        });
  }

  private void check(Path path) throws IOException {
    int owner = ProcessUser.ownerOf(path);
    if (owner != self) {
      throw new HomeRefusedException(
          path
              + " belongs to "
              + ProcessUser.ownersName(path)
              + ", not to "
              + userName()
              + "; give a home of your own, or as root: chown -R "
              + userName()
              + " "
              + quoted(home));
    }
    if ((wasOpen || path.equals(home))
        && !Files.isSymbolicLink(path)
        && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS_WRITE::contains)) {
      throw new HomeRefusedException(
          "others may write into "
              + path
              + "; if you trust what is there: chmod -R go-rwx "
              + quoted(home));
    }
  }

  private static void close(Path path, boolean isFolder) throws IOException {
    Set<PosixFilePermission> modes = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> closed = EnumSet.copyOf(OWNER);
    if (!isFolder) {
      closed.retainAll(modes);
    }
    if (!closed.equals(modes)) {
      Files.setPosixFilePermissions(path, closed);
    }
  }

  private String userName() {
    String name = self == ProcessUser.ROOT ? "root" : System.getProperty("user.name");
    return name.equals("?") ? Integer.toString(self) : name; // a number without a name
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
