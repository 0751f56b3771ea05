package vn.phusa.runners.jobs.run;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.waiting.Waiting;
import vn.phusa.runners.jobs.failure.ServiceProblem;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.flink.ClusterAccess;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/**
 * The jobs of a Flink cluster. One continues when its client was killed: Flink's own watch over
 * clients knows those alone that {@code flink run} waits for.
 */
public final class ClusterJobs implements LeftJobs {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterJobs.class);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final ClusterAccess cluster;

  private ClusterJobs(ClusterAccess cluster) {
    this.cluster = cluster;
  }

  /** Those of the cluster that pipelines of the options are submitted to, if it is one. */
  public static LeftJobs of(PipelineOptions options) {
    return RunnerProfile.of(options).cluster().<LeftJobs>map(ClusterJobs::new).orElse(NONE);
  }

  @Override
  public void end(Over over) throws SQLException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (Waiting ignored =
            Waiting.reportedAs("Flink, which is to end jobs of clients that are gone");
        ClusterClient<?> client = cluster.client()) {
      List<JobStatusMessage> left = left(alive(client, deadline), over);
      for (JobStatusMessage job : left) {
        // One that has ended meanwhile refuses, which the next poll shows.
        var unused = client.cancel(job.getJobId());
      }
      awaitEnd(client, left, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable("interrupted", e);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw noAnswer(e);
    }
  }

  private static List<JobStatusMessage> left(List<JobStatusMessage> alive, Over over)
      throws SQLException {
    Set<RunId> runs =
        alive.stream()
            .flatMap(job -> JobName.run(job.getJobName()).stream())
            .collect(Collectors.toSet());
    Set<RunId> ended = runs.isEmpty() ? Set.of() : over.among(runs);
    return alive.stream()
        .filter(job -> JobName.run(job.getJobName()).filter(ended::contains).isPresent())
        .toList();
  }

  private static void awaitEnd(
      ClusterClient<?> client, List<JobStatusMessage> cancelled, long deadline) throws Exception {
    Set<JobID> waited =
        cancelled.stream().map(JobStatusMessage::getJobId).collect(Collectors.toSet());
    while (!waited.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw unusable(
            "job "
                + waited.iterator().next()
                + ", whose client is gone, was cancelled and did not end within "
                + LIMIT.toSeconds()
                + " s",
            null);
      }
      Sleeper.REAL.sleep(POLL_INTERVAL);
      waited.retainAll(
          alive(client, deadline).stream()
              .map(JobStatusMessage::getJobId)
              .collect(Collectors.toSet()));
    }
    for (JobStatusMessage job : cancelled) {
      LOG.warn(
          "job {} was still running on Flink though its client is gone; it was cancelled",
          job.getJobId());
    }
  }

  private static List<JobStatusMessage> alive(ClusterClient<?> client, long deadline)
      throws Exception {
    Collection<JobStatusMessage> all =
        client.listJobs().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    return all.stream().filter(job -> !job.getJobState().isGloballyTerminalState()).toList();
  }

  private static ServiceUnavailableException noAnswer(Exception e) {
    if (e instanceof TimeoutException) {
      return unusable("it did not list its jobs within " + LIMIT.toSeconds() + " s", e);
    }
    return ExceptionUtils.getThrowableList(e).stream()
        .flatMap(cause -> ServiceProblem.of(cause).stream())
        .findFirst()
        .map(problem -> new ServiceUnavailableException(problem.line(), problem.isRetryable(), e))
        .orElseGet(() -> unusable("its jobs cannot be listed", e));
  }

  private static ServiceUnavailableException unusable(String why, Exception cause) {
    return new ServiceUnavailableException("Flink (--flinkMaster): " + why, true, cause);
  }
}
