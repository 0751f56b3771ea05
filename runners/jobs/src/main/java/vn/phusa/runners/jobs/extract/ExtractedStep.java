package vn.phusa.runners.jobs.extract;

import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.ledger.StepCounts;

/**
 * What a step of an extraction came to.
 *
 * @param step its name in etl_step: "extract/lazada/products"
 * @param counts its rows
 * @param status succeeded, partial (the next one goes on) or failed
 * @param message why, in one line; empty when it succeeded
 */
public record ExtractedStep(String step, StepCounts counts, RunStatus status, String message) {}
