package vn.phusa.pipelines.io.step;

import java.io.Serializable;
import java.util.UUID;

/**
 * The run and the step that rows are counted for.
 *
 * @param runId the run, as in etl_run
 * @param step the step's name, as in etl_step
 */
public record StepId(UUID runId, String step) implements Serializable {}
