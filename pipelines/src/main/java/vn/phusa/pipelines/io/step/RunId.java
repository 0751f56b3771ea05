package vn.phusa.pipelines.io.step;

import java.util.UUID;

/**
 * The key of a run in etl_run.
 *
 * @param value never null
 */
public record RunId(UUID value) {

  /** A key that no run has. */
  public static RunId random() {
    return new RunId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
