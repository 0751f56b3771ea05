package vn.phusa.pipelines.load;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import vn.phusa.transforms.mapping.StagedKind;

/**
 * The load of one kind of staged documents.
 *
 * @param command the command that it is part of
 * @param kind what is read
 * @param lines what the step of the rows is called where a document becomes several; null:
 *     documents are rows
 * @param recipe the pipeline of one wave
 */
public record StagedTable(String command, StagedKind kind, String lines, Recipe recipe) {

  /** Puts a wave's pipeline together: source, transforms, sink. */
  @FunctionalInterface
  public interface Recipe {
    void build(Pipeline pipeline, StagedWave wave);
  }

  /** The step of the documents in etl_step: "load-facts/tiki/orders". */
  public String documents() {
    return step(kind.load());
  }

  /** The step of what they become: "load-facts/tiki/order_lines", or that of the documents. */
  public String rows() {
    return lines == null ? documents() : step(lines);
  }

  /** Both, or the one. */
  public List<String> steps() {
    return lines == null ? List.of(documents()) : List.of(documents(), rows());
  }

  private String step(String name) {
    return command + "/" + kind.platform() + "/" + name;
  }
}
