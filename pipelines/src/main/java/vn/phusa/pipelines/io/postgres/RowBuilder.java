package vn.phusa.pipelines.io.postgres;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Collects a fact's columns in text form, and hashes them: what the source said apart from what the
 * rules derived from it, so that changed rules do not make an older state the newer one.
 */
final class RowBuilder {
  private final @Nullable String[] values;
  private final Hasher content = Hashing.murmur3_128().newHasher();
  private final Hasher derived = Hashing.murmur3_128().newHasher();
  private int next;

  RowBuilder(int columns) {
    values = new String[columns];
  }

  RowBuilder said(@Nullable Object value) {
    return put(value, content);
  }

  RowBuilder derived(@Nullable Object value) {
    return put(value, derived);
  }

  RowBuilder saidInstant(@Nullable Long micros) {
    return put(MicrosText.of(micros), content);
  }

  /** A column that moves with the mark and is no content. */
  RowBuilder mark(@Nullable String value) {
    values[next++] = value;
    return this;
  }

  @Nullable String[] values() {
    if (next != values.length) {
      throw new IllegalStateException(next + " of " + values.length + " columns");
    }
    return values;
  }

  /** The hash of what the source said. */
  UUID contentHash() {
    if (hash == null) {
      ByteBuffer bytes = ByteBuffer.wrap(content.hash().asBytes());
      hash = new UUID(bytes.getLong(), bytes.getLong());
    }
    return hash;
  }

  /** The hash of all columns. */
  long rowHash() {
    UUID said = contentHash();
    derived.putLong(said.getMostSignificantBits()).putLong(said.getLeastSignificantBits());
    return derived.hash().asLong();
  }

  private @Nullable UUID hash;

  private RowBuilder put(@Nullable Object value, Hasher hasher) {
    String text = text(value);
    hasher.putInt(text == null ? -1 : text.length());
    if (text != null) {
      hasher.putUnencodedChars(text);
    }
    values[next++] = text;
    return this;
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
