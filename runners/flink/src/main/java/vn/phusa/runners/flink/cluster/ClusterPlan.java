package vn.phusa.runners.flink.cluster;

/**
 * How large a local cluster is.
 *
 * @param taskManagers how many TaskManagers are there at the start
 * @param slots how many slots each of them has
 * @param taskHeapMegabytes the heap that the tasks of one TaskManager share
 */
public record ClusterPlan(int taskManagers, int slots, int taskHeapMegabytes) {
  private static final int HEAP_MEGABYTES = 512;

  /** A plan with a heap that fits a laptop. */
  public static ClusterPlan of(int taskManagers, int slots) {
    return new ClusterPlan(taskManagers, slots, HEAP_MEGABYTES);
  }

  /** The same with another heap. */
  public ClusterPlan withTaskHeapMegabytes(int megabytes) {
    return new ClusterPlan(taskManagers, slots, megabytes);
  }
}
