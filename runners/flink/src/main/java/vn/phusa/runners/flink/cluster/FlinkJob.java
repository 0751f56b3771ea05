package vn.phusa.runners.flink.cluster;

import java.util.Set;

/**
 * A job as the cluster sees it.
 *
 * @param id 32 hexadecimal digits
 * @param name as it was submitted
 * @param status RUNNING, FINISHED, RESTARTING, ... (Flink's JobStatus)
 */
public record FlinkJob(String id, String name, String status) {
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  /** Whether it will not run any more. */
  public boolean isEnded() {
    return ENDED.contains(status);
  }
}
