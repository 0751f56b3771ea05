package vn.phusa.runners.flink.cluster;

/** The local cluster, or a job on it, is not as it was asked to be; the message says why. */
public final class FlinkClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FlinkClusterException(String message) {
    super(message);
  }

  FlinkClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
