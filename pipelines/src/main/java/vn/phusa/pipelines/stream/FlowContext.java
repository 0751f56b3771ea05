package vn.phusa.pipelines.stream;

import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.KafkaAddress;
import vn.phusa.options.RedisAddress;
import vn.phusa.pipelines.io.postgres.StepContext;
import vn.phusa.transforms.rules.Rules;

/**
 * What records of event topics are written to, and by which rules.
 *
 * @param runId the run, as in etl_run, that rows are counted for
 * @param allowedLateness how late an event may still correct its five-minute window
 * @param windowDelay how long after it was touched a window is shown
 * @param windowTimeToLive how long a window is shown after it was written
 */
public record FlowContext(
    KafkaAddress kafka,
    DatabaseAddress warehouse,
    RedisAddress redis,
    Rules rules,
    UUID runId,
    Duration allowedLateness,
    Duration windowDelay,
    Duration windowTimeToLive)
    implements Serializable {

  /** A step of the run, as in etl_step. */
  StepContext step(String name) {
    return new StepContext(runId, name);
  }
}
