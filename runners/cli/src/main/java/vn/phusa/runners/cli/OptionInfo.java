package vn.phusa.runners.cli;

import java.util.Arrays;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * One option as it is declared.
 *
 * @param name as on the command line, without dashes
 * @param type what its getter returns
 * @param group the interface that declares it
 * @param description null: none
 */
public record OptionInfo(
    String name, Class<?> type, Class<? extends PipelineOptions> group, String description) {

  /** The value it can have, in a person's words. */
  String expected() {
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type.isEnum()) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    return name.equals("runner") ? "DirectRunner or FlinkRunner" : "another value";
  }

  boolean isFlag() {
    return type == boolean.class || type == Boolean.class;
  }
}
