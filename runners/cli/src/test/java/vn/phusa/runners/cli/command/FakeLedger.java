package vn.phusa.runners.cli.command;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.jobs.run.Ledger;

/** Remembers runs in memory. */
public final class FakeLedger implements Ledger {
  public final List<String> events = Collections.synchronizedList(new ArrayList<>());
  public boolean locked;
  public Verifying onVerify = () -> {};
  public Instant now = Instant.parse("2025-03-01T00:00:00Z");

  /** What happens when the lock is looked after. */
  @FunctionalInterface
  public interface Verifying {
    void verify() throws SQLException;
  }

  private final Set<String> done = new HashSet<>();
  private final Set<String> running = new HashSet<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private String command;
  private Status status = Status.SUCCEEDED;
  private int runs;

  @Override
  public Lease acquire() {
    if (locked) {
      throw new AnotherRunActiveException("");
    }
    locked = true;
    return new Lease() {
      @Override
      public void verify() throws SQLException {
        onVerify.verify();
      }

      @Override
      public void close() {
        locked = false;
      }
    };
  }

  @Override
  public Optional<Stopped> lastStopped(String wanted) {
    return wanted.equals(command) && status != Status.SUCCEEDED && status != Status.PARTIAL
        ? Optional.of(new Stopped(id(), Set.copyOf(done), now))
        : Optional.empty();
  }

  @Override
  public RunId begin(String newCommand, Map<String, String> options) {
    command = newCommand;
    status = Status.RUNNING;
    done.clear();
    running.clear();
    attempts.clear();
    runs++;
    events.add("begin " + name(id()) + " " + newCommand);
    return id();
  }

  private RunId id() {
    return new RunId(new UUID(0, runs));
  }

  private static String name(RunId runId) {
    return "run-" + runId.value().getLeastSignificantBits();
  }

  @Override
  public void resume(RunId runId) {
    attempts.clear();
    events.add("resume " + name(runId));
  }

  @Override
  public int stepStarted(RunId runId, String step) {
    running.add(step);
    int attempt = attempts.merge(step, 1, Integer::sum);
    events.add(step + " attempt " + attempt);
    return attempt;
  }

  @Override
  public RowCounts stepEnded(RunId runId, String step, Status how, String error) {
    running.remove(step);
    if (how == Status.SUCCEEDED || how == Status.PARTIAL) {
      done.add(step);
    }
    events.add(step + " " + how + (error == null ? "" : " " + error));
    return new RowCounts(0, 0, 0, 0, 0, 0);
  }

  @Override
  public RowCounts stepContinues(RunId runId, String step) {
    events.add(step + " continues");
    return new RowCounts(0, 0, 0, 0, 0, 0);
  }

  @Override
  public Set<String> stepsRunning(RunId runId) {
    return Set.copyOf(running);
  }

  @Override
  public void ended(RunId runId, Status how, String error) {
    status = how;
    events.add(name(runId) + " " + how + (error == null ? "" : " " + error));
  }
}
