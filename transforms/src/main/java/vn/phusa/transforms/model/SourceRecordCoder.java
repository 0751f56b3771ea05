package vn.phusa.transforms.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Encodes a {@link SourceRecord} so that it comes back as it was: nulls apart from empty texts, and
 * lone surrogates, which UTF-8 cannot hold, as they are.
 *
 * <p>A text is its length plus one (0 is null) and its UTF-8 bytes; one with a lone surrogate is a
 * length of {@link #RAW}, then its own length and its UTF-16 units. Deterministic.
 */
public final class SourceRecordCoder extends CustomCoder<SourceRecord> {

  private static final long serialVersionUID = 1L;
  private static final SourceRecordCoder INSTANCE = new SourceRecordCoder();

  /** Stands where a length would: the text follows as UTF-16 units. */
  private static final long RAW = Long.MAX_VALUE;

  private static final int MAX_LAYOUTS = 1_000;

  /** The records of one table share a list of columns: it is encoded and decoded once. */
  private static final Map<List<String>, byte[]> ENCODED = new ConcurrentHashMap<>();

  private static final Map<ByteBuffer, List<String>> DECODED = new ConcurrentHashMap<>();

  private SourceRecordCoder() {}

  public static SourceRecordCoder of() {
    return INSTANCE;
  }

  /** What {@link DefaultCoder} asks for. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(SourceRecord.class), INSTANCE);
  }

  @Override
  public void encode(SourceRecord record, OutputStream out) throws IOException {
    encodeText(record.getSource(), out);
    encodeText(record.getKind(), out);
    encodeText(record.getPosition(), out);
    out.write(record.getOperation().ordinal());
    encodeLong(record.getOrderedMicros(), out);
    encodeLong(record.getCommitLsn(), out);
    VarInt.encode(record.getCommitIndex(), out);
    encodeLong(record.getObservedMicros(), out);
    byte[] columns = encodeColumns(record.getColumns());
    VarInt.encode(columns.length, out);
    out.write(columns);
    encodeTexts(record.getValues(), out);
  }

  @Override
  public SourceRecord decode(InputStream in) throws IOException {
    String source = decodeText(in);
    String kind = decodeText(in);
    String position = decodeText(in);
    Operation operation = Operation.values()[in.read()];
    Long ordered = decodeLong(in);
    Long lsn = decodeLong(in);
    int index = VarInt.decodeInt(in);
    Long observed = decodeLong(in);
    List<String> columns = decodeColumns(readBytes(VarInt.decodeInt(in), in));
    return SourceRecord.create(
            source, kind, position, operation, ordered, lsn, index, columns, decodeTexts(in))
        .observedAt(observed);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private static byte[] encodeColumns(List<String> columns) throws IOException {
    byte[] known = ENCODED.get(columns);
    if (known != null) {
      return known;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encodeTexts(columns, out);
    if (ENCODED.size() < MAX_LAYOUTS) {
      ENCODED.put(List.copyOf(columns), out.toByteArray());
    }
    return out.toByteArray();
  }

  private static List<String> decodeColumns(byte[] bytes) throws IOException {
    List<String> known = DECODED.get(ByteBuffer.wrap(bytes));
    if (known != null) {
      return known;
    }
    List<String> columns = decodeTexts(new ByteArrayInputStream(bytes));
    List<String> first =
        DECODED.size() < MAX_LAYOUTS ? DECODED.putIfAbsent(ByteBuffer.wrap(bytes), columns) : null;
    return first == null ? columns : first;
  }

  private static void encodeLong(@Nullable Long value, OutputStream out) throws IOException {
    out.write(value == null ? 0 : 1);
    if (value != null) {
      VarInt.encode(value, out);
    }
  }

  private static @Nullable Long decodeLong(InputStream in) throws IOException {
    return in.read() == 0 ? null : VarInt.decodeLong(in);
  }

  private static void encodeTexts(List<? extends @Nullable String> texts, OutputStream out)
      throws IOException {
    VarInt.encode(texts.size(), out);
    for (String text : texts) {
      encodeText(text, out);
    }
  }

  private static List<String> decodeTexts(InputStream in) throws IOException {
    String[] texts = new String[VarInt.decodeInt(in)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = decodeText(in);
    }
    return Collections.unmodifiableList(Arrays.asList(texts));
  }

  private static void encodeText(@Nullable String text, OutputStream out) throws IOException {
    if (text == null) {
      VarInt.encode(0, out);
    } else if (hasLoneSurrogate(text)) {
      VarInt.encode(RAW, out);
      VarInt.encode(text.length(), out);
      new DataOutputStream(out).writeChars(text);
    } else {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      VarInt.encode(bytes.length + 1L, out);
      out.write(bytes);
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static @Nullable String decodeText(InputStream in) throws IOException {
    long length = VarInt.decodeLong(in);
    if (length == 0) {
      return null;
    }
    if (length == RAW) {
      int units = VarInt.decodeInt(in);
      return ByteBuffer.wrap(readBytes(2 * units, in)).asCharBuffer().toString();
    }
    return new String(readBytes((int) (length - 1), in), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(int length, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a record ends before its text does");
    }
    return bytes;
  }
}
