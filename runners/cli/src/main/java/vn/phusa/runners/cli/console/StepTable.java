package vn.phusa.runners.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.runners.jobs.result.StepResult;

/** The summary of a run: what became of the rows. */
public final class StepTable {
  private StepTable() {}

  /** The steps as a table. */
  public static String render(List<StepResult> results) {
    List<String> titles =
        List.of("step", "read", "loaded", "rejected", "skipped", "opened", "closed", "seconds");
    boolean anyPartial = results.stream().anyMatch(StepResult::isPartial);
    TextTable table = new TextTable(row(titles, "", anyPartial));
    for (StepResult result : results) {
      RowCounts counts = result.counts();
      List<String> cells =
          List.of(
              result.name(),
              number(result, counts.read()),
              number(result, counts.loaded()),
              number(result, counts.rejected()),
              number(result, counts.skipped()),
              number(result, counts.versionsOpened()),
              number(result, counts.versionsClosed()),
              String.format(Locale.ROOT, "%.1f", result.took().toMillis() / 1000.0));
      String left = result.isPartial() ? "partial: " + result.left() : "";
      table.row(row(cells, left, anyPartial));
    }
    return table.render();
  }

  /** With a last cell only where one of the table's rows has something to say there. */
  private static String[] row(List<String> cells, String last, boolean hasLast) {
    List<String> row = new ArrayList<>(cells);
    if (hasLast) {
      row.add(last);
    }
    return row.toArray(new String[0]);
  }

  /** Nothing where a step moves no rows by itself. */
  private static String number(StepResult result, long value) {
    return !result.movesRows() ? "" : String.format(Locale.ROOT, "%,d", value);
  }
}
