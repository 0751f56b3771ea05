package vn.phusa.transforms.decoding;

import java.util.List;

/**
 * A schema that records are written by, as a registry holds it.
 *
 * @param text the schema
 * @param references texts of the schemas whose names it uses, each after those that it uses itself
 */
public record WriterSchema(String text, List<String> references) {

  public WriterSchema {
    references = List.copyOf(references);
  }

  /** A schema that uses no names but its own. */
  public static WriterSchema of(String text) {
    return new WriterSchema(text, List.of());
  }

  /** The length of all its texts, in characters. */
  public long length() {
    return text.length() + references.stream().mapToLong(String::length).sum();
  }
}
