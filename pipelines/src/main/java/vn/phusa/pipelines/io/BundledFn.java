package vn.phusa.pipelines.io;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/**
 * Collects elements and handles them together, so that a service is asked once for many; nothing is
 * held back beyond a bundle. For elements of the global window.
 *
 * @param <T> an element
 * @param <R> the main output
 */
public abstract class BundledFn<T, R> extends DoFn<T, R> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_COLLECTED = 10_000;

  private transient List<T> collected;

  /** Takes what is to be emitted. */
  public interface Outputs {
    <X> void output(TupleTag<X> tag, X value);
  }

  /** Handles some elements; called again with the same ones when the bundle fails. */
  protected abstract void handle(List<T> elements, Outputs out) throws Exception;

  @StartBundle
  public void startBundle() {
    collected = new ArrayList<>();
  }

  @ProcessElement
  public void process(ProcessContext context) throws Exception {
    collected.add(context.element());
    if (collected.size() >= MAX_COLLECTED) {
      List<T> elements = collected;
      collected = new ArrayList<>();
      handle(elements, context::output);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws Exception {
    List<T> elements = collected;
    collected = new ArrayList<>();
    if (!elements.isEmpty()) {
      handle(elements, new AtEnd(context));
    }
  }

  /** Outputs at the end of a bundle, when no element's time is at hand. */
  private final class AtEnd implements Outputs {
    private final FinishBundleContext context;

    AtEnd(FinishBundleContext context) {
      this.context = context;
    }

    @Override
    public <X> void output(TupleTag<X> tag, X value) {
      Instant time = GlobalWindow.TIMESTAMP_MIN_VALUE;
      context.output(tag, value, time, GlobalWindow.INSTANCE);
    }
  }
}
