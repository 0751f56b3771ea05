package vn.phusa.pipelines.load;

import org.apache.beam.sdk.Pipeline;
import vn.phusa.pipelines.io.oltp.PolledTable;

/**
 * The load of one polled table.
 *
 * @param command the command that it is part of
 * @param table what is read
 * @param recipe the pipeline of one wave
 */
public record TableLoad(String command, PolledTable table, Recipe recipe) {

  /** Puts a wave's pipeline together: source, transforms, sink. */
  @FunctionalInterface
  public interface Recipe {
    void build(Pipeline pipeline, Wave wave);
  }

  /** The step's name in etl_step: "load-facts/oltp/orders". */
  public String step() {
    return command + "/" + PolledTable.SOURCE + "/" + table.kind();
  }
}
