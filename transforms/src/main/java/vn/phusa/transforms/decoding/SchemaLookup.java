package vn.phusa.transforms.decoding;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where the schema that a record was written by is found. */
public interface SchemaLookup extends Serializable {

  /**
   * A schema, with those that it refers to.
   *
   * @return null where there is none of that id
   * @throws RuntimeException when it cannot be found out, which says nothing about the record
   */
  @Nullable WriterSchema find(int id);
}
