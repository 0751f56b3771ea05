package vn.phusa.runners.local.run;

import java.util.List;

/**
 * One step of a run.
 *
 * @param name as in etl_step
 */
public record Step(String name, Action action) {

  /** What a step does. It can be done again after it failed. */
  @FunctionalInterface
  public interface Action {
    /** Does it; one result for each table. */
    List<StepResult> run(RunContext context) throws Exception;
  }
}
