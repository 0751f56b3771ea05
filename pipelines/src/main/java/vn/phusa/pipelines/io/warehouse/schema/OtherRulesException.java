package vn.phusa.pipelines.io.warehouse.schema;

/** Other rules came into force than those that somebody writes by. */
public final class OtherRulesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param number of those in force, in etl_rules
   */
  public OtherRulesException(int number) {
    super(
        "another command put other rules into force (number "
            + number
            + " of etl_rules); start this one again with its --rules");
  }
}
