package vn.phusa.runners.flink.cluster;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where a local cluster keeps what. */
record ClusterFolders(Path home) {

  /** Creates those that are absent; nobody but their owner may look into them. */
  static ClusterFolders under(Path home) throws IOException {
    ClusterFolders folders =
        new ClusterFolders(Files.createDirectories(home.toAbsolutePath()).toRealPath());
    Files.setPosixFilePermissions(folders.home(), PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folders.configuration());
    Files.createDirectories(folders.logs());
    Files.createDirectories(folders.checkpoints());
    Files.createDirectories(folders.savepoints());
    Files.createDirectories(folders.temporary());
    return folders;
  }

  Path configuration() {
    return home.resolve("conf");
  }

  /** The keys of its processes, and of those who may ask them something. */
  ClusterKeys keys() {
    return new ClusterKeys(home.resolve("keys"));
  }

  Path logs() {
    return home.resolve("log");
  }

  Path checkpoints() {
    return home.resolve("checkpoints");
  }

  Path savepoints() {
    return home.resolve("savepoints");
  }

  /** Uploaded jars, spilled data and working state: worth nothing after a stop. */
  Path temporary() {
    return home.resolve("tmp");
  }

  /** Deletes what processes that were killed could not. */
  void emptyTemporary() throws IOException {
    MoreFiles.deleteDirectoryContents(temporary(), RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
