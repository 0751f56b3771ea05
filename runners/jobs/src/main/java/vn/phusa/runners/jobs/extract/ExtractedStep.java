package vn.phusa.runners.jobs.extract;

import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;
import vn.phusa.pipelines.io.warehouse.ledger.StepCounts;

/**
 * Outcome of one extraction step.
 *
 * @param step its name in etl_step: "extract/lazada/products"
 * @param counts its rows
 * @param status succeeded, partial (the next one continues) or failed
 * @param message why, in one line; empty when it succeeded
 */
public record ExtractedStep(String step, StepCounts counts, RunStatus status, String message) {}
