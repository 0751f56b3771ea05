package vn.phusa.runners.embedded.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Folders and files that only their owner may enter, read or write, whatever the umask is. */
public final class PrivateFiles {
  static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /** The folder, made with its parents where it is absent. */
  public static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
  }

  /** The file, made where it is absent; an existing one stays as it is. */
  public static Path file(Path file) throws IOException {
    folder(file.toAbsolutePath().getParent());
    open(file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close();
    return file;
  }

  /** Writes a text in place of what the file has. */
  public static void write(Path file, String text) throws IOException {
    folder(file.toAbsolutePath().getParent());
    Set<StandardOpenOption> options =
        EnumSet.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try (FileChannel channel = open(file, options)) {
      fill(channel, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A channel to the file, which is closed to others if it is made now. */
  public static FileChannel open(Path file, Set<StandardOpenOption> options) throws IOException {
    return FileChannel.open(file, options, FILE);
  }

  public static void fill(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The words in front of a command line that make what it writes private too. */
  public static List<String> umask() {
    return List.of("sh", "-c", "umask 077 && exec \"$@\"", "sh");
  }
}
