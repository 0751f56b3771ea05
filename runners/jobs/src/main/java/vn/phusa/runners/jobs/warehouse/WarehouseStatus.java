package vn.phusa.runners.jobs.warehouse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore.Waiting;
import vn.phusa.pipelines.io.warehouse.ledger.Watermarks.Watermark;
import vn.phusa.runners.jobs.result.StepResult;

/**
 * How a warehouse stands.
 *
 * @param runs the last ones, the newest first
 * @param watermarks by source and kind
 * @param waiting dead letters that wait, by stage and reason
 */
public record WarehouseStatus(List<Run> runs, List<Watermark> watermarks, List<Waiting> waiting) {

  /**
   * A run of etl_run.
   *
   * @param status as it is written: running, succeeded, failed, aborted, partial
   * @param took null while it runs
   * @param error why it failed or is only partly done, or that nobody runs it any more though it is
   *     written as running; null if none of these
   */
  public record Run(
      RunId id,
      String command,
      Instant started,
      Duration took,
      String status,
      String error,
      List<RunStep> steps) {}

  /** A step of etl_step; its status and error as those of a run. */
  public record RunStep(String status, StepResult result, String error) {}
}
