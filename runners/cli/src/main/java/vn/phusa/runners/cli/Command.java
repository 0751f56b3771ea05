package vn.phusa.runners.cli;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.runners.jobs.failure.ExitCode;
import vn.phusa.runners.jobs.failure.Failure;

/** One word that {@code ./phusa} understands. */
public interface Command {

  /** The word itself, e.g. "load-facts". */
  String name();

  /** What it does, in one line that begins with a verb. */
  String summary();

  /** The options that it takes, besides those of the runner. */
  List<Class<? extends PipelineOptions>> options();

  /**
   * Does it. Everything that can be wrong with the options is found before anything is started.
   *
   * @throws Exception for every end but a good one; {@link Failure#of} has its exit code
   */
  ExitCode run(CommandContext context) throws Exception;
}
