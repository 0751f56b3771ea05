package vn.phusa.runners.jobs.load;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.transforms.rules.Rules;

/**
 * The steps of the batch job. Each can be done again after it failed; the counts are of the whole
 * step, whatever its attempts.
 */
public interface LoadJobs {

  /** Loads the dimensions; one result for each table. */
  List<StepResult> loadDimensions(LoadSetup setup, RunContext context) throws Exception;

  /** Loads the facts; one result for each table. */
  List<StepResult> loadFacts(LoadSetup setup, RunContext context) throws Exception;

  /**
   * Makes anew what rules made of what is in the warehouse; one result for each table.
   *
   * @param rules null: those in force
   */
  List<StepResult> rederive(@Nullable Rules rules, DatabaseAddress warehouse, RunContext context)
      throws Exception;

  /** Refreshes the marts; one result for each. */
  List<StepResult> refreshMarts(DatabaseAddress warehouse, RunContext context) throws Exception;
}
