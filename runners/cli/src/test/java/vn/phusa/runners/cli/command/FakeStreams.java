package vn.phusa.runners.cli.command;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.GenerateSequence;
import org.joda.time.Duration;
import vn.phusa.options.StreamSettings;
import vn.phusa.runners.jobs.run.StreamJob;
import vn.phusa.runners.jobs.stream.StreamJobs;
import vn.phusa.runners.jobs.stream.StreamSetup;
import vn.phusa.runners.jobs.stream.StreamView;

/** A stream in memory that never ends, and takes three looks to deal with what was sent. */
final class FakeStreams implements StreamJobs {
  private static final int LOOKS = 3;

  final AtomicInteger sent = new AtomicInteger();
  StreamSetup seen;

  /** From when on windows were last asked for; null before. */
  Instant earliest;

  @Override
  public void check(StreamSettings settings) {
    throw new UnsupportedOperationException("streams are tried with real services");
  }

  @Override
  public void requireTopics(StreamSetup setup) {
    throw new UnsupportedOperationException("streams are tried with real services");
  }

  @Override
  public StreamJob job(StreamSetup setup) {
    seen = setup;
    return new StreamJob(
        List.of("sales_events"),
        (pipeline, runId) ->
            pipeline.apply(GenerateSequence.from(0).withRate(1, Duration.millis(10))));
  }

  @Override
  public StreamView view(StreamSetup setup) {
    return new StreamView() {
      private int looks;

      @Override
      public Progress progress() {
        looks += sent.get() > 0 ? 1 : 0;
        return new Progress(40 + sent.get(), Math.max(0, LOOKS - looks));
      }

      @Override
      public List<Window> windows(Instant from) {
        earliest = from;
        return List.of(
            new Window(
                Instant.parse("2025-03-01T00:05:00Z"),
                "Tiki",
                "South",
                Math.min(looks, LOOKS),
                BigDecimal.valueOf(1_234_567)));
      }

      @Override
      public List<Window> windowsOfWarehouse(Instant from) {
        return windows(from);
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Override
  public void finish(StreamSetup setup) {
    // Nothing is left to do.
  }
}
