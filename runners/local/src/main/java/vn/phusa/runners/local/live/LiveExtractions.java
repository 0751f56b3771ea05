package vn.phusa.runners.local.live;

import java.util.List;
import java.util.Set;
import vn.phusa.options.ExtractOptions;
import vn.phusa.options.MarketplaceOptions;
import vn.phusa.runners.local.backend.Extractions;
import vn.phusa.runners.local.run.RunContext;
import vn.phusa.runners.local.run.StepResult;
import vn.phusa.runners.local.run.StreamJob;

/** The extractions of the pipelines. */
final class LiveExtractions implements Extractions {

  @Override
  public Set<String> platforms(MarketplaceOptions options) {
    throw new UnsupportedOperationException("wired by the integrator");
  }

  @Override
  public List<StepResult> extract(ExtractOptions options, RunContext context) {
    throw new UnsupportedOperationException("wired by the integrator");
  }

  @Override
  public StreamJob stream(ExtractOptions options) {
    throw new UnsupportedOperationException("wired by the integrator");
  }
}
