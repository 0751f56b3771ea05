package vn.phusa.runners.jobs.extract;

import java.util.List;
import java.util.Set;
import vn.phusa.options.ExtractOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.MarketplaceOptions;
import vn.phusa.runners.jobs.run.PartialFailureException;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.StepResult;
import vn.phusa.runners.jobs.run.StreamJob;

/** From marketplaces and feeds into staging. */
public interface ExtractJobs {

  /**
   * The names of the marketplaces and feeds that are described, built in or by --marketplaces.
   *
   * @throws InvalidOptionException if that file is not right
   */
  Set<String> platforms(MarketplaceOptions options);

  /**
   * The names of what would be extracted: those of --platforms, or all that have credentials or
   * files.
   *
   * @throws InvalidOptionException if one has none, or a secret is not where its reference says
   */
  List<String> ready(ExtractOptions options);

  /**
   * Extracts once, all platforms side by side; {@link ExtractOptions#isStreaming} is not read. Done
   * again for the same run it leaves out what was extracted.
   *
   * @return one result for each platform and kind, named "extract/lazada/products"; those whose
   *     quota ended first are {@link StepResult#partly}
   * @throws PartialFailureException if platforms failed, after all were tried
   */
  List<StepResult> extract(ExtractOptions options, RunContext context) throws Exception;

  /** The pipeline that extracts until it is stopped, each platform at its refresh interval. */
  StreamJob stream(ExtractOptions options);
}
