package vn.phusa.runners.cli.command;

import java.util.Locale;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterStore;
import vn.phusa.runners.cli.console.TextTable;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.LocalTimeText;
import vn.phusa.runners.jobs.warehouse.WarehouseStatus;

/** How a warehouse stands, as text. */
final class StatusText {
  private StatusText() {}

  static String render(WarehouseStatus status) {
    return runs(status) + "\n" + watermarks(status) + "\n" + waiting(status);
  }

  private static String runs(WarehouseStatus status) {
    if (status.runs().isEmpty()) {
      return "No run yet.\n";
    }
    StringBuilder text = new StringBuilder("Last runs\n");
    for (WarehouseStatus.Run run : status.runs()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s  %s  %s%s%s%n",
              LocalTimeText.of(run.started()),
              run.command(),
              run.status(),
              run.took() == null ? "" : " after " + run.took().toSeconds() + " s",
              run.error() == null ? "" : ": " + run.error()));
      text.append(steps(run));
    }
    return text.toString();
  }

  private static String steps(WarehouseStatus.Run run) {
    if (run.steps().isEmpty()) {
      return "";
    }
    TextTable table =
        new TextTable("step", "status", "read", "loaded", "rejected", "skipped", "seconds", "");
    for (WarehouseStatus.RunStep step : run.steps()) {
      StepResult rows = step.result();
      table.row(
          rows.name(),
          step.status(),
          number(rows.counts().read()),
          number(rows.counts().loaded()),
          number(rows.counts().rejected()),
          number(rows.counts().skipped()),
          String.format(Locale.ROOT, "%.1f", rows.took().toMillis() / 1000.0),
          step.error() == null ? "" : step.error());
    }
    return table.render();
  }

  private static String watermarks(WarehouseStatus status) {
    if (status.watermarks().isEmpty()) {
      return "No watermark yet: the next load begins at the beginning.\n";
    }
    TextTable table = new TextTable("source", "table", "read up to", "");
    status
        .watermarks()
        .forEach(
            w ->
                table.row(
                    w.source(),
                    w.kind(),
                    LocalTimeText.ofPosition(w.position()),
                    w.heldBy() == null ? "" : "held back by " + w.heldBy()));
    return "Watermarks\n" + table.render();
  }

  private static String waiting(WarehouseStatus status) {
    if (status.waiting().isEmpty()) {
      return "No dead letter waits.\n";
    }
    TextTable table = new TextTable("stage", "reason", "dead letters", "");
    status.waiting().forEach(w -> table.row(w.stage(), w.reason(), number(w.count()), ofReplay(w)));
    return "Dead letters waiting\n" + table.render();
  }

  private static String ofReplay(DeadLetterStore.Waiting waiting) {
    return waiting.replaying() == 0
        ? ""
        : number(waiting.replaying()) + " of a replay that runs or was interrupted";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
