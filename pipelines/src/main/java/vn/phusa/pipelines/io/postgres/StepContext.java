package vn.phusa.pipelines.io.postgres;

import java.io.Serializable;
import java.util.UUID;

/**
 * The run and the step that rows are counted for.
 *
 * @param runId the run, as in etl_run
 * @param step the step's name, as in etl_step
 */
public record StepContext(UUID runId, String step) implements Serializable {}
