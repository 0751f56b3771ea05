package vn.phusa.transforms.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  private static final int MAX_INTERNED = 1_000;

  /** Lists of columns met before: records of one table share one list, and its names. */
  private static final Map<List<String>, List<String>> INTERNED = new ConcurrentHashMap<>();

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
    encodeTexts(record.getColumns(), out);
    encodeTexts(record.getValues(), out);
  }

  @Override
  public SourceRecord decode(InputStream in) throws IOException {
    return SourceRecord.create(
        decodeText(in),
        decodeText(in),
        decodeText(in),
        Operation.values()[in.read()],
        decodeLong(in),
        decodeLong(in),
        VarInt.decodeInt(in),
        intern(decodeTexts(in)),
        decodeTexts(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  private static List<String> intern(List<String> columns) {
    List<String> known = INTERNED.get(columns);
    if (known == null && INTERNED.size() < MAX_INTERNED) {
      known = INTERNED.putIfAbsent(columns, columns);
    }
    return known == null ? columns : known;
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
    DataInputStream data = new DataInputStream(in);
    if (length == RAW) {
      char[] units = new char[VarInt.decodeInt(in)];
      for (int i = 0; i < units.length; i++) {
        units[i] = data.readChar();
      }
      return new String(units);
    }
    byte[] bytes = new byte[(int) (length - 1)];
    data.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
