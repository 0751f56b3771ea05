package vn.phusa.runners.local.commands;

import java.util.List;
import vn.phusa.options.LoadOptions;
import vn.phusa.options.LoadSettings;
import vn.phusa.options.WarehouseOptions;
import vn.phusa.runners.local.CommandContext;
import vn.phusa.runners.local.run.Step;

/** The steps that batch commands are made of, and the order of the whole batch job. */
final class BatchSteps {
  private BatchSteps() {}

  static Step loadDimensions(CommandContext context) {
    LoadOptions options = checked(context);
    return new Step(
        "load-dimensions", run -> context.backend().jobs().loadDimensions(options, run));
  }

  static Step loadFacts(CommandContext context) {
    LoadOptions options = checked(context);
    return new Step("load-facts", run -> context.backend().jobs().loadFacts(options, run));
  }

  static Step refreshMarts(CommandContext context) {
    WarehouseOptions options = context.options(WarehouseOptions.class);
    return new Step("refresh-marts", run -> context.backend().jobs().refreshMarts(options, run));
  }

  /** The whole batch job, in its order. */
  static List<Step> all(CommandContext context) {
    return List.of(loadDimensions(context), loadFacts(context), refreshMarts(context));
  }

  /** Malformed values are told before anything is started. */
  private static LoadOptions checked(CommandContext context) {
    LoadOptions options = context.options(LoadOptions.class);
    LoadSettings.of(options);
    context.rules();
    return options;
  }
}
