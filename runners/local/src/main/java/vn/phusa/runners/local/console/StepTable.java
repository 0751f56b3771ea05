package vn.phusa.runners.local.console;

import java.util.List;
import java.util.Locale;
import vn.phusa.runners.local.run.StepResult;

/** The summary of a run: what became of the rows. */
public final class StepTable {
  private StepTable() {}

  /** The steps as a table. */
  public static String render(List<StepResult> results) {
    TextTable table =
        new TextTable(
            "step", "read", "loaded", "rejected", "skipped", "opened", "closed", "seconds");
    for (StepResult result : results) {
      table.row(
          result.name(),
          number(result, result.read()),
          number(result, result.loaded()),
          number(result, result.rejected()),
          number(result, result.skipped()),
          number(result, result.opened()),
          number(result, result.closed()),
          String.format(Locale.ROOT, "%.1f", result.took().toMillis() / 1000.0));
    }
    return table.render();
  }

  /** Nothing where a step moves no rows by itself. */
  private static String number(StepResult result, long value) {
    return !result.movesRows() ? "" : String.format(Locale.ROOT, "%,d", value);
  }
}
