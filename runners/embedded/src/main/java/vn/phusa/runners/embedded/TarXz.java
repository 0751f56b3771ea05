package vn.phusa.runners.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks a {@code .txz}, with its links and execution bits. */
final class TarXz {
  private static final int OWNER_MAY_EXECUTE = 0100;
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private TarXz() {}

  static void unpack(InputStream packed, Path folder) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new ClosedByInterruptException();
        }
        write(tar, entry, folder);
      }
    }
  }

  /** Whatever the umask is: another user may have to run what is in it. */
  private static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      createFolder(folder.getParent());
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, FOLDER);
    }
  }

  private static void write(InputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path path = folder.resolve(entry.getName()).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("An entry would be written outside of the folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      createFolder(path);
      return;
    }
    createFolder(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
        path.toFile().setExecutable(true, false);
      }
      path.toFile().setReadable(true, false);
    }
  }
}
