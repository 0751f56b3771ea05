package vn.phusa.runners.samples;

import java.time.Instant;
import java.time.LocalDate;

/** Rows in the text format of PostgreSQL's COPY. Every value may be null. */
final class CopyLine {
  private static final long MONEY_SCALE = 10_000;

  private final StringBuilder text = new StringBuilder();
  private boolean first = true;

  CopyLine text(String value) {
    separate();
    if (value == null) {
      text.append("\\N");
    } else {
      for (int i = 0; i < value.length(); i++) {
        escape(value.charAt(i));
      }
    }
    return this;
  }

  CopyLine number(Number value) {
    return raw(value);
  }

  CopyLine bool(Boolean value) {
    return raw(value);
  }

  CopyLine date(LocalDate value) {
    return raw(value);
  }

  CopyLine instant(Instant value) {
    return raw(value);
  }

  /**
   * An amount with four decimals.
   *
   * @param tenThousandths the amount in ten-thousandths, such as of a dollar
   */
  CopyLine money(Long tenThousandths) {
    if (tenThousandths == null) {
      return raw(null);
    }
    separate();
    long positive = Math.abs(tenThousandths);
    if (tenThousandths < 0) {
      text.append('-');
    }
    text.append(positive / MONEY_SCALE).append('.');
    long decimals = positive % MONEY_SCALE;
    for (long unit = MONEY_SCALE / 10; unit > 0; unit /= 10) {
      text.append((char) ('0' + decimals / unit % 10));
    }
    return this;
  }

  /** Ends a row. */
  void end() {
    text.append('\n');
    first = true;
  }

  int length() {
    return text.length();
  }

  /** The rows so far, which are forgotten. */
  String take() {
    String taken = text.toString();
    text.setLength(0);
    return taken;
  }

  private CopyLine raw(Object value) {
    separate();
    text.append(value == null ? "\\N" : value);
    return this;
  }

  private void separate() {
    if (!first) {
      text.append('\t');
    }
    first = false;
  }

  private void escape(char deadLetter) {
    switch (deadLetter) {
      case '\\' -> text.append("\\\\");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\b' -> text.append("\\b");
      default -> text.append(deadLetter);
    }
  }
}
