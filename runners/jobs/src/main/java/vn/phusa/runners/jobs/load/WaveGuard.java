package vn.phusa.runners.jobs.load;

import java.sql.SQLException;

/** Asked before each wave of a load, which may be long after the load began. */
@FunctionalInterface
public interface WaveGuard {

  /** For a load that nothing else can run beside. */
  WaveGuard ALWAYS = () -> {};

  /**
   * Returns if the load should continue.
   *
   * @throws vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException if another run took
   *     its place
   * @throws SQLException if that cannot be found out
   */
  void check() throws SQLException;
}
