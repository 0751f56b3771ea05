package vn.phusa.runners.embedded.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Programs unpacked from the class path, once for each user and content: under {@code
 * $XDG_CACHE_HOME/phusa} or {@code ~/.cache/phusa}, or else under the home of the services.
 */
public final class BinaryCache {
  /** Where they are under the home: whoever cannot enter that cannot get at them either. */
  static final String UNDER_HOME = "binaries";

  private static final int HASH_DIGITS = 16;
  private static final Set<PosixFilePermission> MODES =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final Path root;

  private BinaryCache(Path root) {
    this.root = root;
  }

  /** What unpacks a resource into an empty folder. */
  public interface Unpacker {
    void unpack(InputStream packed, Path folder) throws IOException;
  }

  /**
   * The places for unpacked programs that can be written, the best first; at least the one under
   * the home.
   */
  public static List<BinaryCache> forHome(Path home) {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path user =
        xdg != null && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache").toAbsolutePath();
    return usable(
        user.resolve("phusa"),
        home.resolve(UNDER_HOME),
        // For root whose folders are closed to the user that it becomes for PostgreSQL.
        Path.of("/var/cache/phusa"));
  }

  /** Those of the folders that can be written, and that nobody else could have written into. */
  static List<BinaryCache> usable(Path... folders) {
    return Stream.of(folders).filter(BinaryCache::canBeWritten).map(BinaryCache::new).toList();
  }

  private static boolean canBeWritten(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.isDirectory(existing)
        && Files.isWritable(existing)
        && (!existing.equals(folder) || isOurs(folder));
  }

  /** What is run must not be somebody else's, nor what others could have changed. */
  private static boolean isOurs(Path folder) {
    try {
      return ProcessUser.ownerOf(folder) == ProcessUser.uid()
          && MODES.containsAll(Files.getPosixFilePermissions(folder));
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  static BinaryCache in(Path root) {
    return new BinaryCache(root);
  }

  /**
   * The folder with the unpacked content of a resource. It appears by one rename, so it is never
   * seen half unpacked, whoever else unpacks at the same time.
   *
   * @throws EmbeddedServiceException when the resource is not on the class path
   */
  public Path folder(String name, String resource, Unpacker unpacker) throws IOException {
    Path folder = root.resolve(name + "-" + hash(resource));
    if (Files.isDirectory(folder)) {
      return folder;
    }
    if (!Files.exists(root)) {
      Files.createDirectories(root, PosixFilePermissions.asFileAttribute(MODES));
    }
    Path half = Files.createTempDirectory(root, name + ".");
    try (InputStream packed = open(resource)) {
      // Another user may have to run what is in it: a temporary folder is closed to others at
      // first.
      Files.setPosixFilePermissions(half, MODES);
      unpacker.unpack(packed, half);
      Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException lost) {
      if (!Files.isDirectory(folder)) {
        throw lost;
      }
    } finally {
      FileTrees.delete(half);
    }
    return folder;
  }

  private static String hash(String resource) throws IOException {
    try (InputStream packed = open(resource)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = packed.read(buffer); read >= 0; read = packed.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has SHA-256
    }
  }

  private static InputStream open(String resource) {
    InputStream packed = BinaryCache.class.getClassLoader().getResourceAsStream(resource);
    if (packed == null) {
      throw new EmbeddedServiceException(
          "There is no " + resource + " on the class path: this system has no embedded binaries");
    }
    return packed;
  }
}
