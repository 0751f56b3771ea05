package vn.phusa.pipelines.io.warehouse.ledger;

import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RowCounts;

/**
 * A row of etl_step.
 *
 * @param step its name
 * @param started when its last attempt began
 * @param ended when it ended; null while it runs
 * @param status what became of it
 * @param counts its rows; zeros until they are known
 * @param error why it failed or is only partly done, in one line; null when neither
 */
public record StepSummary(
    String step,
    Instant started,
    @Nullable Instant ended,
    RunStatus status,
    RowCounts counts,
    @Nullable String error) {}
