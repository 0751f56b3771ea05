package vn.phusa.pipelines.io.warehouse.ledger;

/** A position in etl_watermark that no load can continue from. Somebody has to mend it. */
public final class DamagedWatermarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why what is wrong with the position, as the end of a sentence
   */
  DamagedWatermarkException(String source, String kind, String position, String why) {
    super(
        "warehouse (--warehouseUrl): the position \""
            + position
            + "\" of "
            + source
            + "/"
            + kind
            + " in etl_watermark "
            + why
            + "; set it to the time up to which was loaded, or delete the row to load all again");
  }
}
