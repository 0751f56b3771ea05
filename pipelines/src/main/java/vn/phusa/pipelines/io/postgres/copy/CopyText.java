package vn.phusa.pipelines.io.postgres.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the text format of COPY, encoded straight into UTF-8.
 *
 * <p>It refuses what PostgreSQL cannot hold or what would change on the way: U+0000, and a
 * surrogate without its partner (which {@code getBytes} would turn into "?" without a word), by an
 * {@link UnstorableTextException}.
 */
public final class CopyText {
  private static final int CHUNK = 1 << 18;
  private static final byte[] NULL = {'\\', 'N'};

  private byte[] bytes;
  private int length;
  private boolean rowBegun;

  public CopyText() {
    this(1 << 16);
  }

  public CopyText(int capacity) {
    bytes = new byte[capacity];
  }

  public CopyText add(@Nullable String value) {
    separate();
    if (value == null) {
      append(NULL);
    } else {
      encode(value);
    }
    return this;
  }

  public CopyText add(long value) {
    separate();
    ensure(20);
    length = Digits.put(bytes, length, value);
    return this;
  }

  /** An instant in microseconds since 1970-01-01 UTC, of the years 1 to 9999. */
  public CopyText addInstant(@Nullable Long micros) {
    separate();
    if (micros == null) {
      append(NULL);
    } else {
      ensure(MicrosText.LENGTH);
      length = MicrosText.put(bytes, length, micros);
    }
    return this;
  }

  /** Columns that are encoded already. */
  public CopyText addEncoded(byte[] columns) {
    separate();
    append(columns);
    return this;
  }

  public void endRow() {
    put('\n');
    rowBegun = false;
  }

  public int length() {
    return length;
  }

  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Sends all rows, if there are any, by the COPY statement, and empties this. */
  public void sendTo(Connection connection, String copyStatement) throws SQLException {
    if (length == 0) {
      return;
    }
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copyStatement);
    try {
      for (int from = 0; from < length; from += CHUNK) {
        copy.writeToCopy(bytes, from, Math.min(CHUNK, length - from));
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
      length = 0;
    }
  }

  private void separate() {
    if (rowBegun) {
      put('\t');
    }
    rowBegun = true;
  }

  private void encode(String text) {
    int chars = text.length();
    // Three bytes are the most that one char needs; two that an escaped one does.
    ensure(3 * chars);
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        encodeAscii(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | c >> 6);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == chars
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new UnstorableTextException("a lone surrogate");
        }
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[length++] = (byte) (0xF0 | point >> 18);
        bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | point & 0x3F);
      } else {
        bytes[length++] = (byte) (0xE0 | c >> 12);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
      }
    }
  }

  private void encodeAscii(char c) {
    if (c > '\r' && c != '\\') {
      bytes[length++] = (byte) c;
      return;
    }
    switch (c) {
      case 0 -> throw new UnstorableTextException("U+0000");
      case '\t' -> escaped('t');
      case '\n' -> escaped('n');
      case '\r' -> escaped('r');
      case '\\' -> escaped('\\');
      default -> bytes[length++] = (byte) c;
    }
  }

  private void escaped(char c) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) c;
  }

  private void append(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void put(char c) {
    ensure(1);
    bytes[length++] = (byte) c;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
