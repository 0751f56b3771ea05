package vn.phusa.runners.cli.process;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which libraries of this process unpack what they need (native code, jars) and keep
 * what is too large for memory. The launcher makes it, closed to other users, among those of the
 * same user's other processes. It goes with the process; where that was killed, the next start
 * removes it. The operating system holds the lock that distinguishes a living process from a dead
 * one.
 */
public final class ProcessFolder implements AutoCloseable {
  /** Names the folder; the launcher sets it. */
  public static final String PROPERTY = "phusa.process.folder";

  static final String LOCK = "lock";

  /** A launcher that has made its folder has long started Java by then. */
  private static final Duration START = Duration.ofMinutes(10);

  private final Path folder;
  private final FileChannel lock;

  private ProcessFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes a folder for this process.
   *
   * @throws IOException if it is not there, or is taken
   */
  public static ProcessFolder take(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    Path fresh = folder.resolve(LOCK + ".new");
    FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (channel.tryLock() == null || Files.exists(file)) {
      channel.close();
      throw new IOException(folder + " is taken");
    }
    // Whoever sees the file finds it locked, unless its process is gone.
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return new ProcessFolder(folder, channel);
  }

  /** Removes the folders beside this one whose processes are gone. */
  public void removeLeftBehind(Clock clock) {
    List<Path> others;
    try (Stream<Path> all = Files.list(folder.getParent())) {
      others = all.filter(other -> !other.equals(folder)).toList();
    } catch (IOException e) {
      Log.LOG.debug("no search for folders that were left behind", e);
      return;
    }
    for (Path other : others) {
      try {
        if (isLeftBehind(other, clock.instant())) {
          delete(other);
        }
      } catch (IOException e) {
        Log.LOG.debug("{} stays", other, e);
      }
    }
  }

  private static boolean isLeftBehind(Path other, Instant now) throws IOException {
    if (!Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path file = other.resolve(LOCK);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Files.getLastModifiedTime(other).toInstant().isBefore(now.minus(START));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException thisProcess) {
      return false;
    }
  }

  /** Removes it with all that is in it. */
  @Override
  public void close() {
    try {
      delete(folder);
      lock.close();
    } catch (IOException e) {
      Log.LOG.debug("{} is left to the next start", folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  /** Made late: a logger that is made before logging is configured stays as it was. */
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger(ProcessFolder.class);
  }
}
