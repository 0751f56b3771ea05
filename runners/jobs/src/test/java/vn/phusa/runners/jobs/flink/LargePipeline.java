package vn.phusa.runners.jobs.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import vn.phusa.runners.embedded.junit.ListeningSocket;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/**
 * A program that runs a pipeline on Flink in its process, as a stream with an end and as data sets,
 * and tells on which ports the process listened meanwhile.
 */
final class LargePipeline {
  /** Above the size from which Flink hands a task's description on as a file. */
  private static final int CARGO = 3 << 20;

  private static final int ELEMENTS = 100;
  private static final Set<ListeningSocket> SEEN = ConcurrentHashMap.newKeySet();
  private static final Set<String> COUNTED = ConcurrentHashMap.newKeySet();

  private LargePipeline() {}

  /**
   * Writes a line {@code streaming ELEMENTS PORTS} for each way.
   *
   * @param arguments the file that it writes, and options
   */
  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments).subList(1, arguments.length);
    StringBuilder told = new StringBuilder();
    for (boolean streaming : List.of(true, false)) {
      run(options, streaming);
      told.append(streaming).append(' ').append(COUNTED).append(' ').append(SEEN).append('\n');
      COUNTED.clear();
    }
    Files.writeString(Path.of(arguments[0]), told);
    System.exit(0);
  }

  private static void run(List<String> more, boolean streaming) {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(more.toArray(new String[0])).as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    RunnerProfile.of(options).setDefaults(Set.of(), 2);
    options.setStreaming(streaming);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Numbers", Create.of(IntStream.range(0, ELEMENTS).boxed().toList()))
        .apply("Look", ParDo.of(new LookFn(new byte[CARGO])))
        .apply("One key", WithKeys.<Integer, Integer>of(1).withKeyType(TypeDescriptors.integers()))
        .apply("Count", Count.perKey())
        .apply("Keep", ParDo.of(new KeepFn()));
    pipeline.run().waitUntilFinish();
  }

  /** Looks at this process' ports. */
  static final class LookFn extends DoFn<Integer, Integer> {
    private final byte[] cargo;

    LookFn(byte[] cargo) {
      this.cargo = cargo;
    }

    @ProcessElement
    public void process(@Element Integer number, OutputReceiver<Integer> out) throws IOException {
      if (cargo.length == CARGO) {
        SEEN.addAll(ListeningSocket.of(List.of(ProcessHandle.current())));
        out.output(number);
      }
    }
  }

  /** Keeps what came out. */
  static final class KeepFn extends DoFn<KV<Integer, Long>, Void> {

    @ProcessElement
    public void process(@Element KV<Integer, Long> count) {
      COUNTED.add(count.getValue().toString());
    }
  }
}
