package vn.phusa.pipelines.io.marketplace;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.marketplace.http.Futures;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.ledger.RunLedger;

/**
 * Extracts the tasks of a bundle, all at once: they wait for other machines most of the time, and a
 * runner may have fewer threads than there are platforms. The end of the bundle waits for them. How
 * each ended stands in its steps of etl_step.
 */
final class ExtractFn extends DoFn<ExtractTask, Void> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ExtractFn.class);

  /** Counts on the thread of the bundle: others have no metrics. */
  private final Counter passing =
      Metrics.counter(ExtractStreams.class, ExtractStreams.PASSING_FAILURES);

  private final Extractor extractor;
  private final boolean isStreaming;
  private transient ExecutorService threads;
  private transient List<Future<Boolean>> running;

  /**
   * @param isStreaming the steps continue after an extraction
   */
  ExtractFn(Extractor extractor, boolean isStreaming) {
    this.extractor = extractor;
    this.isStreaming = isStreaming;
  }

  @Setup
  public void setup() {
    threads = Executors.newCachedThreadPool();
  }

  @StartBundle
  public void startBundle() {
    running = new ArrayList<>();
  }

  @ProcessElement
  public void process(@Element ExtractTask task) {
    running.add(threads.submit(() -> extract(task)));
  }

  @FinishBundle
  public void finishBundle() throws InterruptedException {
    RuntimeException first = null;
    for (Future<Boolean> task : running) {
      try {
        if (Futures.await(task)) {
          passing.inc();
        }
      } catch (RuntimeException e) {
        // The others are to end their pages first.
        if (first == null) {
          first = e;
        }
      }
    }
    running = new ArrayList<>();
    if (first != null) {
      throw first;
    }
  }

  @Teardown
  public void teardown() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }

  /** Whether it failed in a way that may be over in a while. */
  private boolean extract(ExtractTask task) throws InterruptedException, SQLException {
    try {
      return isStreaming ? again(task) : once(task);
    } catch (MongoInterruptedException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
  }

  private boolean once(ExtractTask task) throws InterruptedException, SQLException {
    RunLedger log = log();
    RunId run = extractor.runId();
    Extractor.Outcome outcome = extractor.extract(task.getName(), task.getPart());
    for (String step : steps(task)) {
      switch (outcome.status()) {
        case SUCCEEDED -> log.finishStep(run, step);
        case PARTIAL -> log.pauseStep(run, step, outcome.message());
        case FAILED -> log.failStep(run, step, outcome.message());
      }
    }
    return outcome.isRetryable();
  }

  /** The next time comes: what is away now is no reason for all the others to end. */
  private boolean again(ExtractTask task) throws InterruptedException {
    try {
      Extractor.Outcome outcome = extractor.extract(task.getName(), task.getPart());
      for (String step : steps(task)) {
        log().progress(extractor.runId(), step);
      }
      return outcome.isRetryable();
    } catch (MongoInterruptedException e) {
      throw e;
    } catch (MongoException e) {
      LOG.error("{}: staging failed with {}", task.getName(), e.getClass().getSimpleName());
      return true;
    } catch (SQLException e) {
      LOG.error("{}: the warehouse failed with SQLSTATE {}", task.getName(), e.getSQLState());
      return true;
    }
  }

  private List<String> steps(ExtractTask task) {
    return extractor.steps(task.getName(), task.getPart());
  }

  private RunLedger log() {
    return new RunLedger(Postgres.dataSource(extractor.warehouse()));
  }
}
