package vn.phusa.runners.jobs.load;

import java.util.List;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.StepResult;

/**
 * The steps of the batch job. Each can be done again after it failed; the counts are of the whole
 * step, whatever its attempts.
 */
public interface LoadJobs {

  /** Loads the dimensions; one result for each table. */
  List<StepResult> loadDimensions(LoadOptions options, RunContext context) throws Exception;

  /** Loads the facts; one result for each table. */
  List<StepResult> loadFacts(LoadOptions options, RunContext context) throws Exception;

  /** Refreshes the marts; one result for each. */
  List<StepResult> refreshMarts(WarehouseOptions options, RunContext context) throws Exception;
}
