package vn.phusa.pipelines.deadletter;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.flow.FlattenWindows;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.flow.Route;
import vn.phusa.pipelines.io.kafka.decode.DecodeTopic;
import vn.phusa.pipelines.io.warehouse.deadletter.ReadDeadLetters;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Sends dead letters of one route through it again. In come their ids. A record that is rejected
 * again for the same reason is the same dead letter again, which waits.
 */
public final class ResendDeadLetters extends PTransform<PCollection<String>, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  private final FlowContext to;
  private final Route route;
  private final String step;

  private ResendDeadLetters(FlowContext to, Route route, String step) {
    this.to = to;
    this.route = route;
    this.step = step;
  }

  /**
   * @param step the step's name in etl_step, which rows are counted for
   */
  public static ResendDeadLetters of(FlowContext to, Route route, String step) {
    return new ResendDeadLetters(to, route, step);
  }

  @Override
  public PCollection<Long> expand(PCollection<String> ids) {
    PCollectionTuple recalled =
        ids.apply("Read dead letters", ReadDeadLetters.from(to.warehouse()))
            .apply("Restore records", new RestoreRecords(route, to.kafka()));
    List<PCollection<DeadLetter>> rejected = new ArrayList<>();
    rejected.add(recalled.get(RestoreRecords.GONE));
    List<PCollection<SourceRecord>> records = new ArrayList<>();
    records.add(recalled.get(RestoreRecords.RECORDS));
    if (route.isOfTopic()) {
      PCollectionTuple decoded =
          recalled.get(RestoreRecords.BYTES).apply("Decode", route.decode(to.kafka()));
      records.add(decoded.get(DecodeTopic.MAIN));
      rejected.add(decoded.get(DecodeTopic.DEAD_LETTERS));
    }
    return FlattenWindows.of("Merge records", records)
        .apply("Load records", route.flow(to, step))
        .apply(
            "Keep dead letters",
            KeepDeadLetters.to(to, step)
                .with(FlattenWindows.of("Merge dead letters of before", rejected)));
  }
}
