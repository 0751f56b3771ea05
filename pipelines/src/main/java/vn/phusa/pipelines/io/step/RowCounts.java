package vn.phusa.pipelines.io.step;

/**
 * Rows by what became of them: of a batch, of a step, of one of its tables.
 *
 * @param read rows that the source gave; of a batch 0 where a reader counts them
 * @param loaded rows that were written
 * @param rejected rows that went to dead_letter; of a batch 0, since they are counted there
 * @param skipped rows that were stale or repeated
 * @param versionsOpened dimension versions opened
 * @param versionsClosed dimension versions closed
 */
public record RowCounts(
    long read, long loaded, long rejected, long skipped, long versionsOpened, long versionsClosed) {

  /** No row at all. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0);

  /** What became of rows that a reader has counted and that have no versions. */
  public static RowCounts written(long loaded, long skipped) {
    return new RowCounts(0, loaded, 0, skipped, 0, 0);
  }

  /** The sum of both. */
  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        read + other.read,
        loaded + other.loaded,
        rejected + other.rejected,
        skipped + other.skipped,
        versionsOpened + other.versionsOpened,
        versionsClosed + other.versionsClosed);
  }

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
