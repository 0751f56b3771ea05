package vn.phusa.runners.jobs.failure;

/** The line for a person when the heap is full. */
public final class HeapExhaustion {
  private static final long MEGABYTE = 1L << 20;

  private HeapExhaustion() {}

  /** One line: how large the heap is, and how to give more. */
  public static String line() {
    return "out of memory: the heap has "
        + Runtime.getRuntime().maxMemory() / MEGABYTE
        + " MB; give more by PHUSA_JAVA_OPTS=-Xmx...";
  }
}
