package vn.phusa.pipelines;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.PeriodicImpulse;
import org.joda.time.Duration;
import org.joda.time.Instant;
import vn.phusa.pipelines.io.marketplace.ExtractStreams;
import vn.phusa.pipelines.io.marketplace.ExtractTask;
import vn.phusa.pipelines.io.marketplace.Extractor;

/** Marketplaces and feeds into staging: once, or each at its refresh interval. */
public final class ExtractMarketplaces {
  public static final String COMMAND = "extract";

  private ExtractMarketplaces() {}

  /**
   * Some parts once, all at the same time.
   *
   * @param tasks at least one
   */
  public static void once(Pipeline pipeline, Extractor extractor, List<ExtractTask> tasks) {
    // From one element, so that they are one bundle: a runner may work on fewer bundles at a time
    // than there are platforms, and all of a bundle are extracted at the same time.
    pipeline
        .apply("Start extraction", Impulse.create())
        .apply("List parts", ParDo.of(new AllTasksFn(tasks)))
        .apply("Extract parts", ExtractStreams.with(extractor));
  }

  /**
   * Each platform again and again, in a branch of its own, so that none waits for another: as long
   * as the runner has a worker for each, since an extraction keeps one until it ends.
   */
  public static void streaming(Pipeline pipeline, Extractor extractor, List<String> names) {
    for (String name : names) {
      Duration interval = Duration.millis(refreshEvery(extractor, name).toMillis());
      pipeline
          .apply("Schedule " + name, PeriodicImpulse.create().withInterval(interval))
          .apply(
              "List parts of " + name, ParDo.of(new TasksFn(name, extractor.parts(name), interval)))
          .apply("Extract " + name, ExtractStreams.with(extractor).streaming());
    }
  }

  private static java.time.Duration refreshEvery(Extractor extractor, String name) {
    return extractor.marketplaces().feeds().containsKey(name)
        ? extractor.marketplaces().feeds().get(name).refreshEvery()
        : extractor.marketplaces().marketplaces().get(name).refreshEvery();
  }

  /** All tasks at once. */
  private static final class AllTasksFn extends DoFn<byte[], ExtractTask> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> names = new ArrayList<>();
    private final ArrayList<String> parts = new ArrayList<>();

    AllTasksFn(List<ExtractTask> tasks) {
      tasks.forEach(task -> names.add(task.getName()));
      tasks.forEach(task -> parts.add(task.getPart()));
    }

    @ProcessElement
    public void process(OutputReceiver<ExtractTask> out) {
      for (int i = 0; i < names.size(); i++) {
        out.output(ExtractTask.create(names.get(i), parts.get(i)));
      }
    }
  }

  /** The tasks of a platform whose time has come, unless the time for the next has come too. */
  private static final class TasksFn extends DoFn<Instant, ExtractTask> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final List<String> parts;
    private final Duration interval;

    TasksFn(String name, List<String> parts, Duration interval) {
      this.name = name;
      this.parts = parts;
      this.interval = interval;
    }

    @ProcessElement
    public void process(@Element Instant due, OutputReceiver<ExtractTask> out) {
      if (due.plus(interval).isAfterNow()) {
        parts.forEach(part -> out.output(ExtractTask.create(name, part)));
      }
    }
  }
}
