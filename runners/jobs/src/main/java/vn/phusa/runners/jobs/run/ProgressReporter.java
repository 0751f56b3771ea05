package vn.phusa.runners.jobs.run;

/** Shows how far steps came. */
@FunctionalInterface
public interface ProgressReporter {

  /** Begins to show the step of that name, until the result is closed. */
  Progress start(String step);
}
