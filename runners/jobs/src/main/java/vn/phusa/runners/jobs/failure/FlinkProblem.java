package vn.phusa.runners.jobs.failure;

import java.util.Optional;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.util.concurrent.FutureUtils.RetryException;

/** Why the cluster of --flinkMaster cannot be used any more. */
final class FlinkProblem {
  private static final int NOT_FOUND = 404;

  private FlinkProblem() {}

  /** The problem; empty if the failure is not that of the cluster. */
  static Optional<ServiceProblem> of(Throwable e) {
    if (e instanceof RetryException) {
      return Optional.of(
          problem(
              "its JobManager does not answer; one that asks for a certificate needs --flinkConfDir"));
    }
    if (e instanceof RestClientException answer
        && answer.getHttpResponseStatus().code() == NOT_FOUND) {
      return Optional.of(problem("its JobManager was started anew, and has forgotten the job"));
    }
    return Optional.empty();
  }

  private static ServiceProblem problem(String what) {
    return new ServiceProblem("Flink (--flinkMaster): " + what, true);
  }
}
