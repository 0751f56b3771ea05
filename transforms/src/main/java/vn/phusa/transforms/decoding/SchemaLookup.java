package vn.phusa.transforms.decoding;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where the schema that a record was written by is found. */
public interface SchemaLookup extends Serializable {

  /**
   * The text of a schema.
   *
   * @return null where there is none of that id
   * @throws RuntimeException when it cannot be found out, which says nothing about the record
   */
  @Nullable String find(int id);
}
