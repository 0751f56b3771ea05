package vn.phusa.runners.flink.cluster;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a local cluster keeps what. */
record ClusterFolders(Path home) {

  /** Creates those that are absent. */
  static ClusterFolders under(Path home) throws IOException {
    ClusterFolders folders =
        new ClusterFolders(Files.createDirectories(home.toAbsolutePath()).toRealPath());
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
