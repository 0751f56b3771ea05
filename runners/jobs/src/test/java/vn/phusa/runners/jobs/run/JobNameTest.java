package vn.phusa.runners.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RunId;

class JobNameTest {
  private static final RunId FIRST = RunId.random();
  private static final RunId SECOND = RunId.random();

  @Test
  void aJobCarriesTheRunThatItWasStartedForLast() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--jobName=sales-run-1").create();

    JobName.carry(options, FIRST);
    JobName.carry(options, SECOND);

    assertThat(options.getJobName()).isEqualTo("sales-run-1-run-" + SECOND);
    assertThat(JobName.run(options.getJobName())).contains(SECOND);
  }

  @Test
  void othersJobsCarryNone() {
    assertThat(JobName.run("sales-run-1")).isEmpty();
    assertThat(JobName.run("-run-" + FIRST + " of somebody else")).isEmpty();
    assertThat(JobName.run("")).isEmpty();
    assertThat(JobName.run("two\nlines")).isEmpty();
  }
}
