package vn.phusa.runners.jobs.warehouse;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseRights;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.run.Ledger;
import vn.phusa.runners.jobs.run.LeftJobs;
import vn.phusa.runners.jobs.run.RunKind;
import vn.phusa.transforms.rules.Rules;

/** The warehouse's own affairs. */
public interface WarehousePort {

  /**
   * A number of the marts.
   *
   * @param label what it is, e.g. "Revenue, VND"
   * @param value as it is shown
   */
  record Headline(String label, String value) {}

  /**
   * Creates or upgrades the schema, and fills the calendar, the cities and the platforms by the
   * rules. Doing it again changes nothing.
   *
   * @return what it did to the schema, as "was created, version 4"
   */
  String migrate(Rules rules) throws SQLException;

  /**
   * The rules by which the warehouse was last written; empty where it has none yet.
   *
   * @throws ServiceUnavailableException if they are of a later version, and not understood
   */
  Optional<InForce> rulesInForce() throws SQLException;

  /**
   * Rules that are in force.
   *
   * @param number theirs, in etl_rules
   */
  record InForce(int number, Rules rules) {}

  /**
   * Refuses a schema that is older than this version's, and a user who lacks a right.
   *
   * @throws ServiceUnavailableException if it is, or does
   */
  void require(Set<WarehouseRights> rights) throws SQLException;

  /**
   * Its runs of a kind, and the lock that keeps them from overlapping.
   *
   * @param left where jobs of runs of that kind may still run that nobody watches any more: whoever
   *     takes the lock ends them
   */
  Ledger ledger(RunKind kind, LeftJobs left);

  /** What the marts say in a few numbers, as they were last refreshed. */
  List<Headline> headlines() throws SQLException;

  /** How things stand. */
  WarehouseStatus status(int lastRuns) throws SQLException;
}
