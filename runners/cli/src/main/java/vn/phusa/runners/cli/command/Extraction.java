package vn.phusa.runners.cli.command;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.ExtractionOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.MarketplaceOptions;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.extract.ExtractSettings;
import vn.phusa.runners.jobs.extract.ExtractSetup;
import vn.phusa.runners.jobs.load.MarketplaceMappings;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.run.Step;

/**
 * The extraction that a command was asked for. What cannot be extracted is rejected: of
 * marketplaces that are given before anything is started, of simulated ones as soon as they are.
 */
public final class Extraction {
  static final String STEP = "extract";

  private final CommandContext context;
  private final ExtractSettings settings;

  private Extraction(CommandContext context, ExtractSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  /**
   * Reads the options of an extraction.
   *
   * @throws InvalidOptionException if one is malformed
   */
  public static Extraction of(CommandContext context) {
    return new Extraction(context, ExtractSettings.of(context.options(ExtractionOptions.class)));
  }

  /**
   * Looks at the marketplaces, unless they are not started yet.
   *
   * @throws InvalidOptionException if a platform is not described or has no credentials
   */
  public void check() {
    if (hasMarketplaces()) {
      PlatformNames.check(settings.platforms(), known());
      // Told here and not by a worker: what lacks credentials.
      var unused = platforms();
    }
  }

  /**
   * As {@link #check}, and there must be something to extract.
   *
   * @throws InvalidOptionException if there is nothing
   */
  void checkSome() {
    check();
    if (hasMarketplaces() && platforms().isEmpty()) {
      throw new InvalidOptionException(
          "marketplaces", "neither credentials nor files are given for any platform");
    }
  }

  /**
   * The names of what is extracted: those of --platforms, or all that have credentials or files.
   *
   * @throws InvalidOptionException if one has none, or a secret is not where its reference says
   */
  List<String> platforms() {
    Marketplaces all = context.marketplaces();
    // What the records mean is asked for later, and found out now.
    var unused = MarketplaceMappings.of(all);
    List<String> names = all.select(settings.platforms());
    all.checkSecrets(names);
    return names;
  }

  /** What it works by, once its services are there. */
  ExtractSetup setup() {
    return new ExtractSetup(
        new BoundedPipelines(context.options(PipelineOptions.class)),
        settings,
        context.marketplaces(),
        context.services().staging().orElseThrow(),
        context.services().warehouse().orElseThrow(),
        context.services().authorities());
  }

  /** It as a step, once its services are there. */
  Step step() {
    ExtractSetup setup = setup();
    return new Step(STEP, run -> context.backend().extractions().extract(setup, run));
  }

  private boolean hasMarketplaces() {
    return context.options(MarketplaceOptions.class).getMarketplaces() != null;
  }

  private Set<String> known() {
    Marketplaces all = context.marketplaces();
    Set<String> names = new LinkedHashSet<>(all.marketplaces().keySet());
    names.addAll(all.feeds().keySet());
    return names;
  }
}
