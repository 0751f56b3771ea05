package vn.phusa.pipelines.io.warehouse.ledger;

import java.util.Locale;

/** What became of a run or a step. */
public enum RunStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** Its process ended without saying how, or it was cut short by the end of its run. */
  ABORTED,
  /** Done, but for a part that is left for the next time and that the others do not need. */
  PARTIAL;

  /** As it stands in the tables. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunStatus of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
