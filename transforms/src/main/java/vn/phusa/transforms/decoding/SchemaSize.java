package vn.phusa.transforms.decoding;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How much work a schema asks for without a byte of data: a record without fields has none, and a
 * record of two that have two each, forty levels deep, is a short schema of which a single empty
 * value takes years to read. So does one that holds itself with nothing between.
 */
final class SchemaSize {
  /** Values that are read before a byte has to be; the contract's schemas have about ten. */
  private static final long MAX = 1_000;

  private final Map<Schema, Long> known = new IdentityHashMap<>();
  private final Set<Schema> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Schema> met = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Schema> left = new ArrayDeque<>();

  private SchemaSize() {}

  /** Whether a value may be read by the schema. */
  static boolean isBounded(Schema schema) {
    return new SchemaSize().isEachBounded(schema);
  }

  private boolean isEachBounded(Schema schema) {
    add(schema);
    while (!left.isEmpty()) {
      if (size(left.pop()) > MAX) {
        return false;
      }
    }
    return true;
  }

  /** What stands behind a byte is looked at by itself. */
  private void add(Schema schema) {
    if (met.add(schema)) {
      left.push(schema);
    }
  }

  private long size(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        return record(schema);
      }
      case UNION -> schema.getTypes().forEach(this::add);
      case ARRAY -> add(schema.getElementType());
      case MAP -> add(schema.getValueType());
      default -> {
        return 1;
      }
    }
    return 1;
  }

  private long record(Schema schema) {
    Long before = known.get(schema);
    if (before != null) {
      return before;
    }
    if (!open.add(schema)) {
      return MAX + 1;
    }
    long size = 1;
    for (Schema.Field field : schema.getFields()) {
      size = Math.min(MAX + 1, size + size(field.schema()));
    }
    open.remove(schema);
    known.put(schema, size);
    return size;
  }
}
