package vn.phusa.runners.jobs.extract;

import java.util.List;

/**
 * Outcome of an extraction.
 *
 * @param steps in their order
 * @param isRetryable whether the failure of one of them may be over in a while
 */
public record ExtractionResult(List<ExtractedStep> steps, boolean isRetryable) {
  public ExtractionResult {
    steps = List.copyOf(steps);
  }
}
