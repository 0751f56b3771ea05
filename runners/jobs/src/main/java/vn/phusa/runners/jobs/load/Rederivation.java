package vn.phusa.runners.jobs.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.postgres.SqlFailure;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.warehouse.dimension.RederivedDimension;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.pipelines.io.warehouse.fact.RederivedFacts;
import vn.phusa.pipelines.io.warehouse.schema.WarehouseSchema;
import vn.phusa.pipelines.io.warehouse.schema.WritingRules;
import vn.phusa.runners.jobs.result.StepResult;
import vn.phusa.runners.jobs.run.Progress;
import vn.phusa.runners.jobs.run.RunContext;
import vn.phusa.transforms.rules.Rules;

/** Makes anew what rules made of what is in the warehouse, without asking a source. */
final class Rederivation {
  private static final Logger LOG = LoggerFactory.getLogger(Rederivation.class);

  /** A stream writes the same rows, and one of two that wait for each other is sent back. */
  private static final int MAX_ATTEMPTS = 5;

  private final Connection warehouse;
  private final WritingRules rules;
  private final RunContext context;

  private Rederivation(Connection warehouse, Rules rules, RunContext context) {
    this.warehouse = warehouse;
    this.rules = new WritingRules(rules);
    this.context = context;
  }

  /** Does all tables; one result for each. */
  static List<StepResult> run(@Nullable Rules given, DatabaseAddress address, RunContext context)
      throws SQLException {
    Rules rules = given == null ? RulesInUse.inForce(address) : given;
    new RulesInUse(rules).putIntoForce(address);
    List<StepResult> results = new ArrayList<>();
    try (Connection warehouse = Postgres.open(address)) {
      warehouse.setAutoCommit(false);
      Rederivation rederivation = new Rederivation(warehouse, rules, context);
      rederivation.fillReferenceDimensions(rules);
      for (RederivedDimension dimension : RederivedDimension.all(rules)) {
        results.add(rederivation.dimension(dimension));
      }
      Rekeying.rekey(address);
      for (RederivedFacts<?> facts : RederivedFacts.all(rules)) {
        results.add(rederivation.facts(facts));
      }
    }
    return results;
  }

  private void fillReferenceDimensions(Rules rules) throws SQLException {
    if (!WarehouseSchema.fillReferenceDimensions(warehouse, rules)) {
      LOG.warn(
          "this user may not write dim_time, dim_geography and dim_platform: they follow the rules"
              + " with ./phusa migrate");
    }
    warehouse.commit();
  }

  private StepResult dimension(RederivedDimension dimension) throws SQLException {
    long start = System.nanoTime();
    long read = 0;
    long changed = 0;
    long opened = 0;
    long closed = 0;
    try (Progress progress = context.progress().start(dimension.table())) {
      String last = "";
      while (last != null) {
        String after = last;
        RederivedDimension.Page page = inTransaction(() -> dimension.page(warehouse, after));
        read += page.read();
        changed += page.changed();
        opened += page.versionsOpened();
        closed += page.versionsClosed();
        progress.rows(read);
        last = page.lastKey();
      }
    }
    return new StepResult(
        dimension.table(),
        new RowCounts(read, changed, 0, read - changed, opened, closed),
        since(start));
  }

  private StepResult facts(RederivedFacts<?> facts) throws SQLException {
    long start = System.nanoTime();
    long read = 0;
    long changed = 0;
    long refused = 0;
    try (Progress progress = context.progress().start(facts.table())) {
      String last = "";
      while (last != null) {
        String after = last;
        RederivedFacts.Page page = inTransaction(() -> facts.page(warehouse, after));
        read += page.read();
        changed += page.changed();
        refused += page.refused();
        progress.rows(read);
        last = page.lastKey();
      }
    }
    if (refused > 0) {
      LOG.warn(
          "{} rows of {} stay as they were: by these rules an amount would not fit its column",
          refused,
          facts.table());
    }
    return new StepResult(
        facts.table(), new RowCounts(read, changed, 0, read - changed, 0, 0), since(start));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A page of rows. */
  private interface Work<T> {
    T run() throws SQLException;
  }

  /** Commits a page that was made by rules that are in force. */
  private <T> T inTransaction(Work<T> work) throws SQLException {
    context.lease().verify();
    for (int attempt = 1; ; attempt++) {
      try {
        rules.require(warehouse);
        T done = work.run();
        warehouse.commit();
        return done;
      } catch (SQLException e) {
        if (attempt == MAX_ATTEMPTS
            || SqlFailure.of(e) != SqlFailure.TRANSIENT
            || warehouse.isClosed()) {
          throw e;
        }
        warehouse.rollback();
      }
    }
  }
}
