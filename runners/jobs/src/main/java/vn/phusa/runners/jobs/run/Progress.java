package vn.phusa.runners.jobs.run;

/** How far a step came. May be called from any thread, and often. */
public interface Progress extends AutoCloseable {

  /** Reports how many rows the step has dealt with so far. */
  void rows(long soFar);

  @Override
  void close();
}
