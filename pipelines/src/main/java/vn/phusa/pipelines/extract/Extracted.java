package vn.phusa.pipelines.extract;

import java.util.List;

/**
 * What an extraction came to.
 *
 * @param steps in their order
 * @param mayPass whether the failure of one of them may be over in a while
 */
public record Extracted(List<ExtractedStep> steps, boolean mayPass) {
  public Extracted {
    steps = List.copyOf(steps);
  }
}
