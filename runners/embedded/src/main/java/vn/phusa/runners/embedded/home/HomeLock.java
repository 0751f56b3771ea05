package vn.phusa.runners.embedded.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;

/**
 * Keeps a home for one process. The operating system holds the lock, so it ends with the process
 * however that ends; the file's text only says who has it.
 */
public final class HomeLock implements AutoCloseable {
  public static final String FILE = "lock";

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, creating the home where it is absent.
   *
   * @throws EmbeddedServiceException when another process, or another part of this one, has it
   */
  public static HomeLock take(Path home) throws IOException {
    Path file = PrivateFiles.folder(home).resolve(FILE);
    FileChannel channel =
        PrivateFiles.open(
            file,
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    if (lock(channel) == null) {
      channel.close();
      String holder = Files.readString(file, StandardCharsets.UTF_8).strip();
      throw new EmbeddedServiceException(
          "The embedded services under " + home + " are in use" + byWhom(holder));
    }
    channel.truncate(0);
    String text =
        "process "
            + ProcessHandle.current().pid()
            + " since "
            + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    channel.write(StandardCharsets.UTF_8.encode(text));
    channel.force(false);
    return new HomeLock(channel);
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.truncate(0);
      channel.close();
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ownProcess) {
      return null;
    }
  }

  private static String byWhom(String holder) {
    return holder.isEmpty() ? "" : " by " + holder;
  }
}
