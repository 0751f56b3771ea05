package vn.phusa.pipelines.io.warehouse.ledger;

/**
 * The rows of a step, by what became of them.
 *
 * @param read rows that the source gave
 * @param loaded rows that were written
 * @param rejected rows that went to dead_letter
 * @param skipped rows that were stale or repeated
 * @param versionsOpened dimension versions opened
 * @param versionsClosed dimension versions closed
 */
public record StepCounts(
    long read, long loaded, long rejected, long skipped, long versionsOpened, long versionsClosed) {

  /** The law of conservation: every row that was read was loaded, rejected or skipped. */
  public boolean isConserved() {
    return unaccounted() == 0;
  }

  /**
   * Rows that were read and of which nothing is known; negative when more came out than went in.
   */
  public long unaccounted() {
    return read - loaded - rejected - skipped;
  }
}
