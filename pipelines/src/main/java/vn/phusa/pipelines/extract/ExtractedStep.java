package vn.phusa.pipelines.extract;

import vn.phusa.pipelines.warehouse.RunStatus;
import vn.phusa.pipelines.warehouse.StepCounts;

/**
 * What a step of an extraction came to.
 *
 * @param step its name in etl_step: "extract/lazada/products"
 * @param counts its rows
 * @param status succeeded, partial (the next one goes on) or failed
 * @param message why, in one line; empty when it succeeded
 */
public record ExtractedStep(String step, StepCounts counts, RunStatus status, String message) {}
