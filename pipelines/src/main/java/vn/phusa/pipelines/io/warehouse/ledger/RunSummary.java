package vn.phusa.pipelines.io.warehouse.ledger;

import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.step.RunId;

/**
 * A row of etl_run with its steps.
 *
 * @param id its key
 * @param command the command that it ran
 * @param started when it began
 * @param ended when it ended; null while it runs
 * @param status what became of it
 * @param isLeft whether it is written as running, and no session has its lock: its client is gone,
 *     or is cut off from the warehouse just now
 * @param error why it failed or is only partly done, in one line; null when neither
 * @param steps in the order in which they began
 */
public record RunSummary(
    RunId id,
    String command,
    Instant started,
    @Nullable Instant ended,
    RunStatus status,
    boolean isLeft,
    @Nullable String error,
    List<StepSummary> steps) {}
