package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints on disk, which outlive the JobManager that made them. */
record RetainedCheckpoints(Path folder) {
  private static final String PREFIX = "chk-";

  static RetainedCheckpoints in(Path folder) {
    return new RetainedCheckpoints(folder);
  }

  /** A job's newest complete one. */
  Optional<Path> latest(String jobId) {
    Path ofJob = folder.resolve(jobId);
    if (!Files.isDirectory(ofJob)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(ofJob)) {
      return files
          .filter(path -> path.getFileName().toString().matches(PREFIX + "[0-9]+"))
          // Written last of all, and moved into its place when it is complete.
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .max(Comparator.comparingLong(RetainedCheckpoints::number));
    } catch (IOException e) {
      throw new FlinkClusterException("The checkpoints of " + jobId + " cannot be listed: " + e, e);
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }
}
