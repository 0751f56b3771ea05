package vn.phusa.runners.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.pipelines.io.warehouse.ledger.AnotherRunActiveException;
import vn.phusa.runners.cli.command.FakeLedger;
import vn.phusa.runners.jobs.flink.ProcessFlink;

class StreamRunnerIT {
  private static final long LIMIT_SECONDS = 60;
  private static final AtomicInteger PROCESSED = new AtomicInteger();

  private final FakeLedger ledger = new FakeLedger();
  private final PipelineOptions options = PipelineOptionsFactory.create();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  /** Counts what the pipeline did, so that the test sees whether it still runs. */
  private static final class Count extends SimpleFunction<Long, Long> {
    @Override
    public Long apply(Long number) {
      PROCESSED.incrementAndGet();
      return number;
    }
  }

  @Test
  void aStoppedStreamIsCancelledAndAborted() throws Exception {
    Future<?> stream = startEndless();
    awaitWhileRunning(
        () -> PROCESSED.get() > 0 && ledger.events.contains("stream/sales continues"), stream);

    thread.shutdownNow();

    assertThatThrownBy(() -> stream.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(ledger.events)
        .startsWith("begin run-1 stream", "stream/sales attempt 1")
        .endsWith("run-1 ABORTED stopped")
        .noneMatch(event -> event.contains("FAILED"));
    assertThat(ledger.locked).isFalse();
    awaitStandstill();
  }

  @Test
  void aStoppedStreamOnFlinkIsCancelledToo() throws Exception {
    useFlink();

    aStoppedStreamIsCancelledAndAborted();
  }

  private void useFlink() {
    options.setRunner(FlinkRunner.class);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    ProcessFlink.use(flink);
    flink.setParallelism(1);
    flink.setJobCheckIntervalInSecs(1);
    flink.setStreaming(true);
  }

  @Test
  void aLockThatAnotherTookCancelsTheStream() throws Exception {
    ledger.onVerify =
        () -> {
          if (PROCESSED.get() > 0) {
            throw new AnotherRunActiveException("");
          }
        };

    Future<?> stream = startEndless();

    assertThatThrownBy(() -> stream.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AnotherRunActiveException.class);
    assertThat(ledger.events).endsWith("run-1 FAILED another run is active");
    awaitStandstill();
  }

  @Test
  void aWarehouseThatIsAwayDoesNotStopTheStream() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    ledger.onVerify =
        () -> {
          if (looks.incrementAndGet() < 3) {
            throw new SQLException("away", "08006");
          }
        };

    Future<?> stream = startEndless();
    awaitWhileRunning(() -> ledger.events.contains("stream/sales continues"), stream);

    assertThat(looks.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aStreamWithAnEndSucceedsThere() throws Exception {
    run((pipeline, runId) -> pipeline.apply(Create.of(runId)));

    assertThat(ledger.events)
        .startsWith("begin run-1 stream", "stream/sales attempt 1")
        .endsWith("stream/sales SUCCEEDED", "run-1 SUCCEEDED");
  }

  /** Its local cluster ends with the job, and can be asked nothing afterwards. */
  @Test
  void aStreamOnFlinkWithAnEndSucceedsThereToo() throws Exception {
    useFlink();
    StreamJob.Recipe recipe = (pipeline, runId) -> pipeline.apply(Create.of(runId));

    new StreamRunner(ledger, Duration.ofMillis(50))
        .run("stream", Map.of(), options, new StreamJob(List.of("stream/sales"), recipe, true));

    assertThat(ledger.events).endsWith("stream/sales SUCCEEDED", "run-1 SUCCEEDED");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStreamThatDidEnoughIsCancelledAndSucceeded(boolean onFlink) throws Exception {
    if (onFlink) {
      useFlink();
    }
    PROCESSED.set(0);

    new StreamRunner(ledger, Duration.ofMillis(50))
        .until(() -> PROCESSED.get() > 20)
        .run("stream", Map.of(), options, endless());

    assertThat(ledger.events).endsWith("stream/sales SUCCEEDED", "run-1 SUCCEEDED");
    assertThat(ledger.locked).isFalse();
    awaitStandstill();
  }

  @Test
  void aWatchThatFailsCancelsTheStream() throws Exception {
    assertThatThrownBy(
            () ->
                new StreamRunner(ledger, Duration.ofMillis(50))
                    .until(
                        () -> {
                          throw new IOException("Redis is gone");
                        })
                    .run("stream", Map.of(), options, endless()))
        .hasMessage("Redis is gone");

    assertThat(ledger.events).last().asString().startsWith("run-1 FAILED IOException");
    awaitStandstill();
  }

  @Test
  void aFailureIsWrittenDownAndTold() {
    assertThatThrownBy(
            () ->
                run(
                    (pipeline, runId) -> {
                      throw new IllegalStateException("no such topic");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(ledger.events)
        .anyMatch(event -> event.startsWith("stream/sales FAILED IllegalStateException"))
        .last()
        .asString()
        .startsWith("run-1 FAILED IllegalStateException");
    assertThat(ledger.locked).isFalse();
  }

  @Test
  void onlyOneStreamIsActive() {
    ledger.locked = true;

    assertThatThrownBy(() -> run((pipeline, runId) -> {}))
        .isInstanceOf(AnotherRunActiveException.class);
    assertThat(ledger.events).isEmpty();
  }

  private Future<?> startEndless() {
    PROCESSED.set(0);
    return thread.submit(
        () -> {
          run(endless().recipe());
          return null;
        });
  }

  private static StreamJob endless() {
    return new StreamJob(
        List.of("stream/sales"),
        (pipeline, runId) ->
            pipeline
                .apply(GenerateSequence.from(0).withRate(1, org.joda.time.Duration.millis(5)))
                .apply(MapElements.via(new Count())));
  }

  private void run(StreamJob.Recipe recipe) throws Exception {
    new StreamRunner(ledger, Duration.ofMillis(50))
        .run("stream", Map.of(), options, new StreamJob(List.of("stream/sales"), recipe));
  }

  private static void awaitWhileRunning(BooleanSupplier what, Future<?> running) throws Exception {
    Awaitility.await()
        .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> running.isDone() || what.getAsBoolean());
    if (running.isDone()) {
      running.get();
    }
    assertThat(what.getAsBoolean()).as("it, and not the end of the stream, was awaited").isTrue();
  }

  /** A cancelled pipeline may finish the bundle that it is at, and no more. */
  private static void awaitStandstill() {
    AtomicInteger before = new AtomicInteger(-1);
    Awaitility.await()
        .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> before.getAndSet(PROCESSED.get()) == PROCESSED.get());
  }
}
