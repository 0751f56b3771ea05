package vn.phusa.runners.jobs.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions.CheckEnabled;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import vn.phusa.options.LoadOptions;
import vn.phusa.runners.jobs.flink.ProcessFlink;

class RunnerProfileTest {

  @Test
  void theDirectRunnerLeavesItsChecksOut() {
    PipelineOptions options = PipelineOptionsFactory.create();

    RunnerProfile.of(options).setDefaults(Set.of(), 1);

    DirectOptions direct = options.as(DirectOptions.class);
    assertThat(direct.isEnforceImmutability()).isFalse();
    assertThat(direct.isEnforceEncodability()).isFalse();
    assertThat(direct.getTargetParallelism()).isEqualTo(2);
    assertThat(options.getStableUniqueNames()).isEqualTo(CheckEnabled.ERROR);
  }

  @Test
  void flinkRunsHereOnAllCores() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--runner=FlinkRunner").create();

    RunnerProfile.of(options).setDefaults(Set.of("runner"), 8);

    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertThat(ProcessFlink.isMeant(flink)).isTrue();
    assertThat(flink.getParallelism()).isEqualTo(8);
    assertThat(flink.getFasterCopy()).isTrue();
    assertThat(flink.getObjectReuse()).isTrue();
    assertThat(options.as(LoadOptions.class).getWaveRows())
        .isGreaterThan(PipelineOptionsFactory.as(LoadOptions.class).getWaveRows());
  }

  @Test
  void aStreamOnFlinkHasCheckpointsAndShortBundles() {
    FlinkPipelineOptions flink = streaming(Set.of("runner"), false);

    assertThat(flink.getCheckpointingInterval()).isPositive();
    // A row waits for two sinks in turn, each for one and a half bundles at most.
    assertThat(flink.getMaxBundleTimeMills() * 3).isLessThanOrEqualTo(9_000);
    assertThat(flink.getMaxBundleSize()).isGreaterThanOrEqualTo(10_000);
    // Offsets are committed with the checkpoint: nothing may still be on its way to a sink.
    assertThat(flink.getFinishBundleBeforeCheckpointing()).isTrue();
    assertThat(flink.getShutdownSourcesAfterIdleMs()).isNegative();
    assertThat(streaming(Set.of("runner"), true).getShutdownSourcesAfterIdleMs()).isPositive();
  }

  @Test
  void whatTheUserGaveAStreamStays() {
    FlinkPipelineOptions flink =
        streaming(
            Set.of("checkpointingInterval", "maxBundleTimeMills"),
            false,
            "--checkpointingInterval=500",
            "--maxBundleTimeMills=70");

    assertThat(flink.getCheckpointingInterval()).isEqualTo(500);
    assertThat(flink.getMaxBundleTimeMills()).isEqualTo(70);
  }

  private static FlinkPipelineOptions streaming(
      Set<String> given, boolean endsByItself, String... more) {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                Stream.concat(Stream.of("--runner=FlinkRunner"), Stream.of(more))
                    .toArray(String[]::new))
            .create();
    RunnerProfile.of(options).setDefaults(given, 2);
    RunnerProfile.of(options).setStreamDefaults(given, Duration.ofSeconds(3), endsByItself);
    return options.as(FlinkPipelineOptions.class);
  }

  @Test
  void whatTheUserGaveStays() {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs("--enforceImmutability=true", "--targetParallelism=7")
            .create();

    RunnerProfile.of(options).setDefaults(Set.of("enforceImmutability", "targetParallelism"), 1);

    assertThat(options.as(DirectOptions.class).isEnforceImmutability()).isTrue();
    assertThat(options.as(DirectOptions.class).getTargetParallelism()).isEqualTo(7);
  }
}
