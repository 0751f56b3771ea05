package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import vn.phusa.runners.cli.console.TaskFailureConverter;
import vn.phusa.runners.jobs.flink.ProcessFlink;
import vn.phusa.runners.jobs.runner.Logging;

class LoggingIT {

  /** It has no task that could be told of, and would be started again and again without a word. */
  @Test
  void aSourceThatFlinkCannotSplitIsReported() {
    Logger flink = (Logger) LoggerFactory.getLogger("org.apache.flink.runtime.source.coordinator");
    assertThat(flink.iteratorForAppenders().next().getName()).isEqualTo("TASKS");
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    flink.addAppender(told);
    try {
      Logging.reportFailedTasks();
      Pipeline pipeline = Pipeline.create(options());
      pipeline.apply(Read.from(new Unsplittable()));
      assertThatThrownBy(pipeline::run);
    } finally {
      flink.detachAppender(told);
      flink.setLevel(Level.OFF);
    }

    assertThat(told.list)
        .extracting(event -> new TaskFailureConverter().convert(event))
        .anyMatch(line -> line.startsWith("a task failed: IllegalStateException"));
  }

  private static FlinkPipelineOptions options() {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    ProcessFlink.use(options);
    options.setParallelism(1);
    options.setStreaming(true);
    return options;
  }

  private static final class Unsplittable
      extends UnboundedSource<Long, UnboundedSource.CheckpointMark> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Unsplittable> split(int desired, PipelineOptions options) {
      throw new IllegalStateException("not to be split");
    }

    @Override
    public UnboundedReader<Long> createReader(
        PipelineOptions options, UnboundedSource.@Nullable CheckpointMark mark) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Coder<UnboundedSource.CheckpointMark> getCheckpointMarkCoder() {
      return null;
    }

    @Override
    public Coder<Long> getOutputCoder() {
      return VarLongCoder.of();
    }
  }
}
