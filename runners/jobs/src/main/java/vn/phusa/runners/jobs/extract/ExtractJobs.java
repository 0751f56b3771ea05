package vn.phusa.runners.jobs.extract;

import java.util.List;
import vn.phusa.runners.jobs.failure.PartialFailureException;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.StreamJob;

/** From marketplaces and feeds into staging. */
public interface ExtractJobs {

  /**
   * Extracts once, all platforms side by side. Done again for the same run it leaves out what was
   * extracted.
   *
   * @return one result for each platform and kind, named "extract/lazada/products"; those whose
   *     quota ended first are {@link StepResult#partly}
   * @throws PartialFailureException if platforms failed, after all were tried
   */
  List<StepResult> extract(ExtractSetup setup, RunContext context) throws Exception;

  /** The pipeline that extracts until it is stopped, each platform at its refresh interval. */
  StreamJob stream(ExtractSetup setup);
}
