package vn.phusa.pipelines.io.step;

/** What a number says of a row that became so many others. */
public enum CountedAs {
  /** 0: the row was skipped; any other: it was loaded, since what it became is the next step's. */
  LOADED_OR_SKIPPED,
  /** 0: the row was skipped; any other: what it became is counted where it is written. */
  SKIPPED_IF_NONE,
  /** So many rows were read. */
  READ,
  /** So many rows were skipped. */
  SKIPPED
}
