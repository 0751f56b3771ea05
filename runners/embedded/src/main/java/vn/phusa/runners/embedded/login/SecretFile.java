package vn.phusa.runners.embedded.login;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import vn.phusa.runners.embedded.home.PrivateFiles;

/** Files that only their owner may read, among them generated passwords. */
public final class SecretFile {
  private static final int PASSWORD_BYTES = 24;

  private SecretFile() {}

  /** The password in the file; a new one is generated and kept when the file is absent or empty. */
  public static String password(Path file) throws IOException {
    if (Files.exists(file)) {
      String known = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (!known.isEmpty()) {
        return known;
      }
    }
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    write(file, password + "\n");
    return password;
  }

  /** Writes the file with mode 0600 from its first byte on, and whole or not at all. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the file with mode 0600 from its first byte on, and whole or not at all. */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = PrivateFiles.folder(file.toAbsolutePath().getParent());
    Path half = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(half);
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = PrivateFiles.open(half, options)) {
      PrivateFiles.fill(channel, content);
      channel.force(true);
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
