package vn.phusa.pipelines.io.step;

import java.io.Serializable;
import java.util.UUID;

/**
 * The key of a run in etl_run.
 *
 * @param value never null
 */
public record RunId(UUID value) implements Serializable {

  /** A key that no run has. */
  public static RunId random() {
    return new RunId(UUID.randomUUID());
  }

  /**
   * The key that a text holds, as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException if the text is no UUID
   */
  public static RunId of(String text) {
    return new RunId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
