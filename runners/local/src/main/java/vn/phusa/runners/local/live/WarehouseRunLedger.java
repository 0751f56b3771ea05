package vn.phusa.runners.local.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.warehouse.RunId;
import vn.phusa.pipelines.warehouse.RunLock;
import vn.phusa.pipelines.warehouse.RunLog;
import vn.phusa.pipelines.warehouse.RunStatus;
import vn.phusa.pipelines.warehouse.RunSummary;
import vn.phusa.pipelines.warehouse.StepSummary;
import vn.phusa.runners.local.run.AnotherRunActiveException;
import vn.phusa.runners.local.run.RunLedger;
import vn.phusa.runners.local.run.StepResult;

/** Runs as etl_run and etl_step hold them. */
final class WarehouseRunLedger implements RunLedger {
  private static final Logger LOG = LoggerFactory.getLogger(WarehouseRunLedger.class);

  /** One lock for all batch commands: they write the same tables and move the same watermarks. */
  private static final String LOCK = "batch";

  /** Far more runs than anyone makes between two runs of one command. */
  static final int LOOK_BACK = 200;

  private static final List<String> BATCH_COMMANDS =
      List.of("demo", "run", "load-dimensions", "load-facts", "refresh-marts");

  private final DataSource warehouse;
  private final RunLog log;

  WarehouseRunLedger(DataSource warehouse) {
    this.warehouse = warehouse;
    this.log = new RunLog(warehouse);
  }

  @Override
  public Lease acquire() throws SQLException {
    RunLock lock;
    try {
      lock = RunLock.acquire(warehouse, LOCK);
    } catch (vn.phusa.pipelines.warehouse.AnotherRunActiveException e) {
      throw new AnotherRunActiveException(active());
    }
    return () -> {
      try {
        lock.close();
      } catch (SQLException e) {
        // Its session is gone, and the lock with it.
        LOG.debug("the lock's session was lost", e);
      }
    };
  }

  private String active() throws SQLException {
    return log.lastRuns(LOOK_BACK).stream()
        .filter(run -> run.status() == RunStatus.RUNNING)
        .findFirst()
        .map(run -> " (" + run.command() + ", since " + run.started() + ")")
        .orElse("");
  }

  /** Of all commands that the lock is for: whoever holds it knows that none of them is alive. */
  private void abandonStale() throws SQLException {
    for (String command : BATCH_COMMANDS) {
      log.abandonStale(command);
    }
  }

  @Override
  public Optional<Stopped> lastStopped(String command) throws SQLException {
    abandonStale();
    Optional<RunSummary> last =
        log.lastRuns(LOOK_BACK).stream().filter(run -> run.command().equals(command)).findFirst();
    if (last.isEmpty() || last.get().status() == RunStatus.SUCCEEDED || isOfAPeriod(last.get())) {
      return Optional.empty();
    }
    RunSummary run = last.get();
    return Optional.of(new Stopped(run.id().toString(), done(run), lastSign(run)));
  }

  /** Its steps loaded what it was asked for, not what an ordinary run loads. */
  private boolean isOfAPeriod(RunSummary run) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT jsonb_exists_any(options, ARRAY['from', 'to', 'fromBeginning'])"
                    + " FROM etl_run WHERE run_id = ?")) {
      select.setObject(1, run.id().value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static Set<String> done(RunSummary run) {
    return run.steps().stream()
        .filter(step -> step.status() == RunStatus.SUCCEEDED)
        .map(StepSummary::step)
        .collect(Collectors.toSet());
  }

  /** The end that is written for a process that died is when that was noticed. */
  private static Instant lastSign(RunSummary run) {
    if (run.status() == RunStatus.FAILED && run.ended() != null) {
      return run.ended();
    }
    Stream<Instant> signs =
        run.steps().stream().map(s -> s.status() == RunStatus.SUCCEEDED ? s.ended() : s.started());
    return Stream.concat(Stream.of(run.started()), signs).max(Instant::compareTo).orElseThrow();
  }

  @Override
  public String begin(String command, Map<String, String> options) throws SQLException {
    abandonStale();
    return log.begin(command, options).toString();
  }

  @Override
  public void resume(String runId) throws SQLException {
    try (Connection connection = warehouse.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE etl_run SET status = 'running', ended = NULL, error = NULL"
                    + " WHERE run_id = ?")) {
      update.setObject(1, UUID.fromString(runId));
      update.executeUpdate();
    }
  }

  @Override
  public void stepStarted(String runId, String step, int attempt) throws SQLException {
    log.beginStep(id(runId), step);
  }

  @Override
  public void stepEnded(
      String runId, String step, Status status, List<StepResult> results, String error)
      throws SQLException {
    if (status == Status.SUCCEEDED) {
      log.finishStep(id(runId), step);
    } else {
      log.failStep(id(runId), step, error);
    }
  }

  @Override
  public void ended(String runId, Status status, String error) throws SQLException {
    log.finish(id(runId), RunStatus.valueOf(status.name()), error);
  }

  private static RunId id(String runId) {
    return new RunId(UUID.fromString(runId));
  }
}
