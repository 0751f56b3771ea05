package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a cluster and its jobs are started from.
 *
 * @param classPath the jars of the cluster's processes: Flink, and what a distribution has beside
 *     it
 * @param jar the production jar, which holds none of them
 */
public record FlinkInstallation(String classPath, Path jar) {

  /**
   * What the build of this module left behind.
   *
   * @param target the module's target folder
   * @throws FlinkClusterException when it is not built
   */
  public static FlinkInstallation ofBuild(Path target) {
    Path folder = target.toAbsolutePath();
    Path jar = folder.resolve("phusa.jar");
    if (!Files.exists(jar)) {
      throw new FlinkClusterException("There is no " + jar + ": the module is to be built first");
    }
    try {
      String classPath =
          Files.readString(folder.resolve("cluster-classpath"), StandardCharsets.UTF_8);
      return new FlinkInstallation(classPath.strip(), jar);
    } catch (IOException e) {
      throw new FlinkClusterException("The cluster's class path cannot be read: " + e, e);
    }
  }
}
