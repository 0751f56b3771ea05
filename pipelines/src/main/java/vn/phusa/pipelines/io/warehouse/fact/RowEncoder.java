package vn.phusa.pipelines.io.warehouse.fact;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.CopyText;

/**
 * Encodes a fact's columns as COPY takes them. The encoding is canonical, so its hashes stand for
 * the content: of what the source said, and of all columns.
 */
final class RowEncoder implements RowSink {
  private static final HashFunction HASH = Hashing.murmur3_128();

  private final CopyText text = new CopyText(320);
  private final CopyText unstored = new CopyText(64);

  /** Start and end of the columns among those said that the rules computed. */
  private final List<int[]> computed = new ArrayList<>(0);

  private int saidEnd;
  private int contentEnd;

  @Override
  public RowSink said(@Nullable Object value) {
    add(text, value);
    saidEnd = text.length();
    contentEnd = saidEnd;
    return this;
  }

  @Override
  public RowSink computed(@Nullable Object value) {
    int start = text.length();
    said(value);
    computed.add(new int[] {start, text.length()});
    return this;
  }

  @Override
  public RowSink saidInstant(@Nullable Long micros) {
    text.addInstant(micros);
    saidEnd = text.length();
    contentEnd = saidEnd;
    return this;
  }

  @Override
  public RowSink derived(@Nullable Object value) {
    add(text, value);
    contentEnd = text.length();
    return this;
  }

  @Override
  public RowSink markInstant(long micros) {
    text.addInstant(micros);
    return this;
  }

  @Override
  public RowSink mark(boolean value) {
    add(text, value);
    return this;
  }

  @Override
  public RowSink unstored(@Nullable Object value) {
    add(unstored, value);
    return this;
  }

  private static void add(CopyText text, @Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      text.add(decimal.toPlainString());
    } else if (value instanceof Integer number) {
      text.add(number.longValue());
    } else {
      text.add(value == null ? null : value.toString());
    }
  }

  /** The hash of what the source said. */
  UUID contentHash() {
    Hasher hasher = HASH.newHasher(saidEnd + unstored.length());
    int start = 0;
    for (int[] part : computed) {
      hasher.putBytes(text.array(), start, part[0] - start);
      start = part[1];
    }
    hasher
        .putBytes(text.array(), start, saidEnd - start)
        .putBytes(unstored.array(), 0, unstored.length());
    ByteBuffer hash = ByteBuffer.wrap(hasher.hash().asBytes());
    return new UUID(hash.getLong(), hash.getLong());
  }

  /** The hash of all columns. */
  long rowHash() {
    return HASH.hashBytes(text.array(), 0, contentEnd).asLong();
  }

  /** The columns, without an end of row. */
  byte[] encoded() {
    return text.toByteArray();
  }
}
