package vn.phusa.runners.jobs.run;

import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.runners.jobs.result.PartsDone;

/**
 * What a step knows of the run that it is part of.
 *
 * @param runId the run's id in etl_run
 * @param step the step's name in etl_step
 * @param attempt 1 for the first
 * @param done the parts that earlier attempts did, and where this one adds those that it does
 * @param progress where rows so far are reported
 * @param lease the right to run, to be verified from time to time in a step that takes long
 */
public record RunContext(
    RunId runId,
    String step,
    int attempt,
    PartsDone done,
    ProgressReporter progress,
    Ledger.Lease lease) {}
