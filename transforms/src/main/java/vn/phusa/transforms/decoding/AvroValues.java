package vn.phusa.transforms.decoding;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;

/**
 * Reads Avro values of one schema: the plain binary encoding or, with a look-up, a registry's wire
 * format (a zero byte, four bytes of schema id, the encoding by that schema), resolved to ours. Not
 * safe for several threads.
 */
final class AvroValues {
  private static final int HEADER_BYTES = 5;

  /** A flood of made-up ids must not fill the memory. */
  private static final int MAX_SCHEMAS = 1_000;

  /** Ours have less than a thousand. */
  private static final int MAX_SCHEMA_CHARACTERS = 200_000;

  private final Schema schema;
  private final @Nullable SchemaLookup lookup;
  private final Map<Integer, Writer> writers = new HashMap<>();
  private final GenericDatumReader<GenericRecord> plain;

  /** A reader for what a schema wrote, or why there is none; one of the two is null. */
  private record Writer(
      @Nullable GenericDatumReader<GenericRecord> reader, @Nullable RejectedException rejection) {}

  /**
   * @param lookup null: values are the plain encoding by our schema
   */
  AvroValues(Schema schema, @Nullable SchemaLookup lookup) {
    this.schema = schema;
    this.lookup = lookup;
    this.plain = reader(schema);
  }

  /** A schema of the contract, its strings as {@link String}. */
  static Schema schema(String resource) {
    try (InputStream in =
        Objects.requireNonNull(AvroValues.class.getResourceAsStream(resource), resource)) {
      Schema schema = new Schema.Parser().parse(in);
      for (Schema.Field field : schema.getFields()) {
        for (Schema part : branches(field.schema())) {
          if (part.getType() == Schema.Type.STRING) {
            GenericData.setStringType(part, GenericData.StringType.String);
          }
        }
      }
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  GenericRecord read(byte[] value) throws RejectedException {
    if (lookup == null) {
      return read(plain, value, 0);
    }
    if (value.length < HEADER_BYTES || value[0] != 0) {
      throw new RejectedException(
          Reason.MALFORMED, "the value does not begin with the zero byte and a schema id");
    }
    Writer writer = writer(lookup, ByteBuffer.wrap(value).getInt(1));
    if (writer.rejection() != null) {
      throw writer.rejection();
    }
    return read(Objects.requireNonNull(writer.reader()), value, HEADER_BYTES);
  }

  private static GenericRecord read(
      GenericDatumReader<GenericRecord> reader, byte[] value, int offset) throws RejectedException {
    CheckedAvroDecoder in = CheckedAvroDecoder.of(value, offset);
    GenericRecord record;
    try {
      record = reader.read(null, in);
      if (in.isAtEnd()) {
        return record;
      }
    } catch (CharacterCodingException e) {
      throw new RejectedException(Reason.INVALID_UTF8, "a text in the Avro value is no UTF-8");
    } catch (EOFException e) {
      throw new RejectedException(Reason.MALFORMED, "the Avro value ends before its record does");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Whatever Avro throws at foreign bytes. Its messages may quote the value.
      throw new RejectedException(
          Reason.MALFORMED, "no Avro value of the schema: " + e.getClass().getSimpleName());
    }
    throw new RejectedException(
        Reason.MALFORMED, "the Avro value goes on after its record: written by another schema?");
  }

  private Writer writer(SchemaLookup schemas, int id) {
    Writer known = writers.get(id);
    if (known == null) {
      WriterSchema found = schemas.find(id);
      known =
          found == null ? rejected(Reason.UNKNOWN_SCHEMA, id, "is not known") : writer(found, id);
      // An id that is unknown now may be there soon.
      if (found != null && writers.size() < MAX_SCHEMAS) {
        writers.put(id, known);
      }
    }
    return known;
  }

  private Writer writer(WriterSchema found, int id) {
    if (found.length() > MAX_SCHEMA_CHARACTERS) {
      return rejected(Reason.INCOMPATIBLE_SCHEMA, id, "is longer than any that is understood");
    }
    try {
      Schema.Parser parser = new Schema.Parser();
      found.references().forEach(parser::parse);
      Schema written = parser.parse(found.text());
      if (!SchemaSize.isBounded(written)) {
        return rejected(Reason.INCOMPATIBLE_SCHEMA, id, "has values without an end");
      }
      return canRead(written)
          ? new Writer(reader(written), null)
          : rejected(Reason.INCOMPATIBLE_SCHEMA, id, "cannot be read as " + schema.getFullName());
    } catch (SchemaParseException e) {
      return rejected(Reason.INCOMPATIBLE_SCHEMA, id, "is no Avro schema");
    } catch (RuntimeException | StackOverflowError e) {
      // Avro's parser answers some texts with exceptions of all kinds.
      return rejected(Reason.INCOMPATIBLE_SCHEMA, id, "is not understood");
    }
  }

  /** Avro resolves milliseconds and microseconds into one another without a word. */
  private boolean canRead(Schema written) {
    if (SchemaCompatibility.checkReaderWriterCompatibility(schema, written).getType()
        != SchemaCompatibilityType.COMPATIBLE) {
      return false;
    }
    for (Schema.Field field : schema.getFields()) {
      Schema.Field theirs = written.getField(field.name());
      if (theirs != null && !meansTheSame(theirs.schema(), field.schema())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether each branch of theirs that has a logical type has one of ours. A text is a text,
   * whatever else is said of it, a UUID for instance.
   */
  private static boolean meansTheSame(Schema theirs, Schema ours) {
    return branches(theirs).stream()
        .filter(branch -> branch.getLogicalType() != null)
        .filter(branch -> branch.getType() != Schema.Type.STRING)
        .allMatch(
            branch ->
                branches(ours).stream()
                    .anyMatch(our -> branch.getLogicalType().equals(our.getLogicalType())));
  }

  private static List<Schema> branches(Schema schema) {
    return schema.isUnion() ? schema.getTypes() : List.of(schema);
  }

  private GenericDatumReader<GenericRecord> reader(Schema written) {
    return new GenericDatumReader<>(written, schema, new GenericData());
  }

  private static Writer rejected(Reason reason, int id, String why) {
    return new Writer(null, new RejectedException(reason, "the writer's schema " + id + " " + why));
  }
}
