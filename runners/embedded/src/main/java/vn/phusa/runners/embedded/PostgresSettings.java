package vn.phusa.runners.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.runners.embedded.home.Loopback;

/** How the embedded PostgreSQL is set, but for its port. */
final class PostgresSettings {
  private static final long ENOUGH_SHARED_MEMORY = 512L << 20;

  private PostgresSettings() {}

  /**
   * The settings, as options of the server.
   *
   * @param durable whether what was committed survives the machine's crash, not only the server's
   */
  static List<String> of(boolean durable) throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "-c listen_addresses=" + Loopback.HOST,
                "-c unix_socket_directories=",
                "-c password_encryption=scram-sha-256",
                "-c wal_level=logical",
                "-c max_replication_slots=20",
                "-c max_wal_senders=20",
                "-c timezone=UTC",
                "-c log_timezone=UTC",
                "-c shared_buffers=256MB",
                "-c maintenance_work_mem=128MB",
                "-c max_wal_size=4GB",
                "-c checkpoint_timeout=15min"));
    if (!durable) {
      // Nothing more: a commit must still outlive the server's own crash, which is what fault tests
      // are about.
      settings.add("-c fsync=off");
    }
    if (!hasSharedMemory()) {
      // A container's 64 MB of /dev/shm make parallel queries fail; files in the data folder do
      // not.
      settings.add("-c dynamic_shared_memory_type=mmap");
    }
    return settings;
  }

  private static boolean hasSharedMemory() throws IOException {
    Path memory = Path.of("/dev/shm");
    if (!Files.isDirectory(memory)) {
      return false;
    }
    FileStore store = Files.getFileStore(memory);
    return store.getTotalSpace() >= ENOUGH_SHARED_MEMORY;
  }
}
