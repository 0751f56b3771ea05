package vn.phusa.transforms.decoding;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding of a value of known size. Avro's own decoder allocates what a length
 * claims before it looks for the bytes, and replaces what is no UTF-8; this one rejects both. Which
 * schema a value has, and what it becomes, is found in {@link AvroValues}.
 */
final class CheckedAvroDecoder extends Decoder {
  private final BinaryDecoder in;
  private final int size;
  private long items;

  private CheckedAvroDecoder(BinaryDecoder in, int size) {
    this.in = in;
    this.size = size;
  }

  static CheckedAvroDecoder of(byte[] bytes, int offset) {
    int size = bytes.length - offset;
    return new CheckedAvroDecoder(
        DecoderFactory.get().binaryDecoder(bytes, offset, size, null), size);
  }

  boolean isAtEnd() throws IOException {
    return in.isEnd();
  }

  /** A length or count, which nothing in a value of that size can exceed. */
  private int checked(long length) throws IOException {
    if (length < 0 || length > size) {
      throw new EOFException("a length exceeds the value");
    }
    return (int) length;
  }

  /** Items of arrays and maps, all together: one of nulls has any number of them in no bytes. */
  private int counted(long more) throws IOException {
    items += checked(more);
    return checked(items) == 0 ? 0 : (int) more;
  }

  private byte[] readOut() throws IOException {
    byte[] bytes = new byte[checked(in.readLong())];
    in.readFixed(bytes);
    return bytes;
  }

  @Override
  public String readString() throws IOException {
    byte[] bytes = readOut();
    for (byte b : bytes) {
      if (b < 0) {
        return strictly(bytes);
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String strictly(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(readString());
  }

  @Override
  public void skipString() throws IOException {
    skipBytes();
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(readOut());
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipFixed(checked(in.readLong()));
  }

  @Override
  public long readArrayStart() throws IOException {
    return counted(in.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return counted(in.arrayNext());
  }

  /** A writer that gives a block's size lets it be skipped, within the value. */
  @Override
  public long skipArray() throws IOException {
    return counted(in.skipArray());
  }

  @Override
  public long readMapStart() throws IOException {
    return counted(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return counted(in.mapNext());
  }

  @Override
  public long skipMap() throws IOException {
    return counted(in.skipMap());
  }

  @Override
  public int readIndex() throws IOException {
    int index = in.readIndex();
    if (index < 0) {
      // Avro's resolver would read before the beginning of its table.
      throw new AvroRuntimeException("a negative branch of a union");
    }
    return index;
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }
}
