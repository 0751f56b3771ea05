package vn.phusa.transforms.windows;

import java.time.Duration;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;

/**
 * Decides which five-minute windows are shown when: of bounded input each once, otherwise each
 * touched one a while after it was touched, however often it was touched meanwhile.
 *
 * <p>In come the starts of the windows that sales touched, out come the starts of those to be shown
 * now, in microseconds since 1970-01-01 UTC. What a window then shows is computed from the table of
 * sales: a pane carries no numbers, so none can be lost with a runner's state, counted twice, or
 * overtaken by an older one. No window of Beam's is used, whose lateness would drop what comes
 * after it: {@link SalesWindows} says what is too late, and everything else is shown.
 */
public final class DebounceWindows extends PTransform<PCollection<Long>, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  /** How long after it was touched a window is shown where nothing else is said. */
  public static final Duration DEFAULT_DELAY = Duration.ofMinutes(1);

  /** A few dozen keys, whose state does not grow with time as the windows' own would. */
  private static final int SHARDS = 16;

  private final Duration delay;

  private DebounceWindows(Duration delay) {
    this.delay = delay;
  }

  /** Shows a touched window within a minute. */
  public static DebounceWindows everyMinute() {
    return new DebounceWindows(DEFAULT_DELAY);
  }

  /** Shows a touched window after another delay; positive. */
  public DebounceWindows withDelay(Duration other) {
    if (other.isNegative() || other.isZero()) {
      throw new IllegalArgumentException("the delay is not positive: " + other);
    }
    return new DebounceWindows(other);
  }

  @Override
  public PCollection<Long> expand(PCollection<Long> touched) {
    return touched
        .apply(
            "Leave windows",
            Window.<Long>into(new GlobalWindows())
                .triggering(trigger(touched.isBounded()))
                .withAllowedLateness(org.joda.time.Duration.ZERO)
                .discardingFiredPanes())
        .apply("Key by shard", ParDo.of(new ByShardFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarLongCoder.of()))
        .apply("Group windows", GroupByKey.create())
        .apply("Drop duplicates", ParDo.of(new EachOnceFn()))
        .setCoder(VarLongCoder.of());
  }

  private Trigger trigger(IsBounded bounded) {
    return bounded == IsBounded.BOUNDED
        ? DefaultTrigger.of()
        : Repeatedly.forever(
            AfterProcessingTime.pastFirstElementInPane()
                .plusDelayOf(org.joda.time.Duration.millis(delay.toMillis())));
  }

  private static final class ByShardFn extends DoFn<Long, KV<Integer, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long start, OutputReceiver<KV<Integer, Long>> out) {
      // Neighbouring windows go to different shards.
      long number = Math.floorDiv(start, SalesWindows.LENGTH.toNanos() / 1_000);
      out.output(KV.of((int) Math.floorMod(number, (long) SHARDS), start));
    }
  }

  private static final class EachOnceFn extends DoFn<KV<Integer, Iterable<Long>>, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Long>> pane, OutputReceiver<Long> out) {
      TreeSet<Long> starts = new TreeSet<>();
      pane.getValue().forEach(starts::add);
      starts.forEach(out::output);
    }
  }
}
