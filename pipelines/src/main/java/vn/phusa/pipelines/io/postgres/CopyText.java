package vn.phusa.pipelines.io.postgres;

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
 * surrogate without its partner (which {@code getBytes} would turn into "?" without a word).
 */
final class CopyText {
  private static final int CHUNK = 1 << 18;
  private byte[] bytes = new byte[1 << 16];
  private int length;
  private boolean rowBegun;

  /** Whether the text can be stored as it is; null can. */
  static boolean storable(@Nullable String text) {
    if (text == null) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Refuses a text that cannot be stored as it is, as adding it would. */
  static void requireStorable(@Nullable String text) throws SQLException {
    if (!storable(text)) {
      throw unstorable("U+0000 or a lone surrogate");
    }
  }

  CopyText add(@Nullable String value) throws SQLException {
    separate();
    if (value == null) {
      put('\\');
      put('N');
    } else {
      encode(value);
    }
    return this;
  }

  CopyText add(long value) {
    separate();
    String digits = Long.toString(value);
    for (int i = 0; i < digits.length(); i++) {
      put(digits.charAt(i));
    }
    return this;
  }

  void endRow() {
    put('\n');
    rowBegun = false;
  }

  /** Sends all rows, if there are any, by the COPY statement, and empties this. */
  void sendTo(Connection connection, String copyStatement) throws SQLException {
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

  private void encode(String text) throws SQLException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        encodeAscii(c);
      } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | c & 0x3F);
      } else if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw unstorable("a lone surrogate");
        }
        int point = Character.toCodePoint(c, text.charAt(++i));
        put(0xF0 | point >> 18);
        put(0x80 | point >> 12 & 0x3F);
        put(0x80 | point >> 6 & 0x3F);
        put(0x80 | point & 0x3F);
      } else {
        put(0xE0 | c >> 12);
        put(0x80 | c >> 6 & 0x3F);
        put(0x80 | c & 0x3F);
      }
    }
  }

  private void encodeAscii(char c) throws SQLException {
    switch (c) {
      case 0 -> throw unstorable("U+0000");
      case '\t' -> escaped('t');
      case '\n' -> escaped('n');
      case '\r' -> escaped('r');
      case '\\' -> escaped('\\');
      default -> put(c);
    }
  }

  /** As the server says it of bytes that are no text, so that the row is found the same way. */
  private static SQLException unstorable(String what) {
    return new SQLException(what + " in a text cannot be stored", "22021");
  }

  private void escaped(char c) {
    put('\\');
    put(c);
  }

  private void put(int b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) b;
  }
}
