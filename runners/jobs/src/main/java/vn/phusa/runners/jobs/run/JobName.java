package vn.phusa.runners.jobs.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.pipelines.io.step.RunId;

/** The names of jobs, which say on a cluster whose they are. */
public final class JobName {
  private static final Pattern NAME =
      Pattern.compile(
          "(.*?)(?:-run-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}))?", Pattern.DOTALL);

  private JobName() {}

  /** Lets the next jobs that are started with the options carry the id of the run. */
  public static void carry(PipelineOptions options, RunId runId) {
    Matcher name = matched(options.getJobName());
    options.setJobName(name.group(1) + "-run-" + runId);
  }

  /** The run whose id a job carries; empty if it carries none. */
  static Optional<RunId> run(String name) {
    return Optional.ofNullable(matched(name).group(2)).map(RunId::of);
  }

  private static Matcher matched(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name);
    }
    return matcher;
  }
}
