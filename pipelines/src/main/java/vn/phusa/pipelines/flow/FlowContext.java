package vn.phusa.pipelines.flow;

import java.io.Serializable;
import java.time.Duration;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.KafkaAddress;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.transforms.rules.Rules;

/**
 * What records of event topics are written to, and by which rules.
 *
 * @param kafka null only where no record is of a topic
 * @param redis null only where no record is a sales event
 * @param runId the run, as in etl_run, that rows are counted for
 * @param allowedLateness how late an event may still correct its five-minute window
 * @param windowDelay how long after it was touched a window is shown
 * @param windowTimeToLive how long a window is shown after it was written
 * @param ends whether there is a last record
 * @param historyHorizon how old a change of a dimension that makes no difference may be to be
 *     remembered; null: all are
 */
public record FlowContext(
    @Nullable KafkaAddress kafka,
    DatabaseAddress warehouse,
    @Nullable RedisAddress redis,
    Rules rules,
    RunId runId,
    Duration allowedLateness,
    Duration windowDelay,
    Duration windowTimeToLive,
    boolean ends,
    @Nullable Duration historyHorizon)
    implements Serializable {

  /** A step of the run, as in etl_step. */
  public StepId step(String name) {
    return new StepId(runId, name);
  }

  /** The warehouse, for records that are counted as read for this step where they end. */
  FlowTarget target(String step) {
    return FlowTarget.countingReads(warehouse, rules, step(step))
        .withHistoryHorizon(historyHorizon);
  }
}
