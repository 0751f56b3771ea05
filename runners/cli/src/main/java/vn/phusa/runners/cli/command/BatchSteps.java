package vn.phusa.runners.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.runners.jobs.load.LoadSetup;
import vn.phusa.runners.jobs.load.MarketplaceMappings;
import vn.phusa.runners.jobs.load.RulesInUse;
import vn.phusa.runners.jobs.preflight.Needs;
import vn.phusa.runners.jobs.preflight.Service;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.BoundedPipelines;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.runners.jobs.run.Step;
import vn.phusa.transforms.rules.Rules;

/**
 * The steps that batch commands are made of, and the order of the whole batch job. Made before
 * anything is started, asked for steps once the services are there.
 */
public final class BatchSteps {
  private final CommandContext context;
  private final LoadSettings settings;

  private BatchSteps(CommandContext context, LoadSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  /**
   * Reads the options of loads and the files that they name.
   *
   * @throws InvalidOptionException if an option is malformed, or --marketplaces is not right
   * @throws UsageException if --rules or a mapping is not right
   */
  public static BatchSteps of(CommandContext context) {
    BatchSteps steps = new BatchSteps(context, LoadSettings.of(context.options(LoadOptions.class)));
    var unusedRules = context.rules();
    var unusedMappings = MarketplaceMappings.of(context.marketplaces());
    return steps;
  }

  /** What loads read and write: every source that is there, at least one. */
  static Needs loadNeeds() {
    return Needs.allOf(Service.WAREHOUSE).oneOf(Service.OLTP, Service.STAGING);
  }

  /** What was asked of the loads. */
  LoadSettings settings() {
    return settings;
  }

  Step loadDimensions() {
    return loadDimensions(setup());
  }

  private Step loadDimensions(LoadSetup setup) {
    return new Step("load-dimensions", run -> context.backend().jobs().loadDimensions(setup, run));
  }

  Step loadFacts() {
    return loadFacts(setup());
  }

  private Step loadFacts(LoadSetup setup) {
    return new Step("load-facts", run -> context.backend().jobs().loadFacts(setup, run));
  }

  /** By the rules in force, where no others are given. */
  static Supplier<Step> rederivation(CommandContext context) {
    Rules rules = context.isGiven("rules") ? context.rules() : null;
    return () -> {
      DatabaseAddress warehouse = context.services().warehouse().orElseThrow();
      return new Step("rederive", run -> context.backend().jobs().rederive(rules, warehouse, run));
    };
  }

  static Step refreshMarts(CommandContext context) {
    DatabaseAddress warehouse = context.services().warehouse().orElseThrow();
    return new Step("refresh-marts", run -> context.backend().jobs().refreshMarts(warehouse, run));
  }

  /**
   * The whole batch job, in its order, for the services that the command uses. What cannot be
   * extracted today must not keep from the warehouse what can be loaded.
   */
  public List<Step> all(Extraction extraction) {
    List<Step> steps = new ArrayList<>();
    if (context.services().uses(Service.MARKETPLACES) && context.services().uses(Service.STAGING)) {
      Step extract = extraction.step();
      steps.add(Step.notNeeded(extract.name(), run -> extractUnlessAnotherDoes(extract, run)));
    }
    LoadSetup setup = setup();
    steps.add(loadDimensions(setup));
    steps.add(loadFacts(setup));
    steps.add(refreshMarts(context));
    return steps;
  }

  private LoadSetup setup() {
    return new LoadSetup(
        new BoundedPipelines(context.options(PipelineOptions.class)),
        settings,
        new RulesInUse(context.rules()),
        MarketplaceMappings.of(context.marketplaces()),
        context.services().warehouse().orElseThrow(),
        context.services().oltp().orElse(null),
        context.services().staging().orElse(null));
  }

  /** Where an extraction runs until it is stopped, the loads take what it has staged. */
  private List<StepResult> extractUnlessAnotherDoes(Step extract, RunContext run) throws Exception {
    try (Ledger.Lease lease = context.ledger(RunKind.EXTRACT).acquire()) {
      lease.verify();
      return extract.action().run(run);
    } catch (AnotherRunActiveException e) {
      return List.of(
          StepResult.withoutRows(extract.name(), Duration.ZERO)
              .partly("left to it: " + e.getMessage()));
    }
  }
}
