package vn.phusa.runners.jobs.extract;

import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.warehouse.ledger.RunStatus;

/**
 * Outcome of one extraction step.
 *
 * @param step its name in etl_step: "extract/lazada/products"
 * @param counts its rows
 * @param status succeeded, partial (the next one continues) or failed
 * @param message why, in one line; empty when it succeeded
 */
public record ExtractedStep(String step, RowCounts counts, RunStatus status, String message) {}
