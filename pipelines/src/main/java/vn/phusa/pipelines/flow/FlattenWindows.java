package vn.phusa.pipelines.flow;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.joda.time.Duration;

/** Puts collections together that were grouped in different ways, which Beam refuses as it is. */
public final class FlattenWindows {
  private FlattenWindows() {}

  public static <T> PCollection<T> of(String name, List<PCollection<T>> collections) {
    if (collections.size() == 1) {
      return collections.get(0);
    }
    return PCollectionList.of(
            IntStream.range(0, collections.size())
                .mapToObj(i -> ungrouped(name + " " + (i + 1), collections.get(i)))
                .toList())
        .apply(name, Flatten.pCollections());
  }

  private static <T> PCollection<T> ungrouped(String name, PCollection<T> collection) {
    if (collection.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        && collection.getWindowingStrategy().getTrigger().equals(DefaultTrigger.of())) {
      return collection;
    }
    return collection.apply(
        name,
        Window.<T>into(new GlobalWindows())
            .triggering(DefaultTrigger.of())
            .withAllowedLateness(Duration.ZERO)
            .discardingFiredPanes());
  }
}
