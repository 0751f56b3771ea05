package vn.phusa.pipelines.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.flow.FlattenWindows;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.flow.RecordFlow;
import vn.phusa.pipelines.io.kafka.sink.WriteTopic;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.DeadLetterJson;

/**
 * Keeps what a flow rejected: whole in the table dead_letter, where it waits to be sent through
 * again, and in the topic dead_letters for whoever listens, if there is a Kafka. Emits how many
 * each write wrote.
 */
public final class KeepDeadLetters extends PTransform<PCollectionTuple, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  /** Where others learn of dead letters. */
  public static final String DEAD_LETTERS = "dead_letters";

  private final FlowContext to;
  private final String step;
  private final transient List<PCollection<DeadLetter>> before;

  private KeepDeadLetters(FlowContext to, String step, List<PCollection<DeadLetter>> before) {
    this.to = to;
    this.step = step;
    this.before = List.copyOf(before);
  }

  /** Of what {@link RecordFlow} returned. */
  public static KeepDeadLetters to(FlowContext to, String step) {
    return new KeepDeadLetters(to, step, List.of());
  }

  /** Also those that were rejected before the flow. */
  public KeepDeadLetters with(PCollection<DeadLetter> rejectedBefore) {
    return new KeepDeadLetters(to, step, List.of(rejectedBefore));
  }

  @Override
  public PCollection<Long> expand(PCollectionTuple flow) {
    List<PCollection<DeadLetter>> rejected = new ArrayList<>(before);
    rejected.add(flow.get(RecordFlow.REJECTED));
    PCollection<DeadLetter> all = FlattenWindows.of("Merge dead letters", rejected);
    List<PCollection<Long>> written = new ArrayList<>();
    written.add(
        all.apply(
                "Write dead_letter",
                WriteRows.deadLetters(to.warehouse(), to.step(step))
                    .countedAsReadFor(to.step(step)))
            .get(WriteRows.WRITTEN));
    if (flow.has(RecordFlow.REPORTED)) {
      PCollection<DeadLetter> reported = flow.get(RecordFlow.REPORTED);
      written.add(
          reported
              .apply("Write dead_letter beside the rows", WriteRows.deadLetters(to.warehouse()))
              .get(WriteRows.WRITTEN));
      all = FlattenWindows.of("Merge all dead letters", List.of(all, reported));
    }
    if (to.kafka() == null) {
      return FlattenWindows.of("Merge counts of rows", written);
    }
    written.add(
        all.apply("Convert to JSON", ParDo.of(new DeadLetterToJsonFn()))
            .setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()))
            .apply("Write " + DEAD_LETTERS, WriteTopic.of(to.kafka(), DEAD_LETTERS)));
    return FlattenWindows.of("Merge counts of rows", written);
  }

  /** Keyed by its id: the same failure met again is the same dead letter. */
  private static final class DeadLetterToJsonFn extends DoFn<DeadLetter, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element DeadLetter deadLetter, OutputReceiver<KV<byte[], byte[]>> out) {
      out.output(
          KV.of(
              deadLetter.getId().getBytes(StandardCharsets.UTF_8),
              DeadLetterJson.write(deadLetter, Clock.systemUTC().instant())));
    }
  }
}
