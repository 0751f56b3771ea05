package vn.phusa.pipelines.io.postgres.copy;

import java.nio.charset.StandardCharsets;

/** Numbers as ASCII digits, without a text in between. */
final class Digits {
  private Digits() {}

  /** Writes the number and returns where it ends; at most 20 bytes. */
  static int put(byte[] bytes, int at, long number) {
    if (number == Long.MIN_VALUE) {
      byte[] least = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(least, 0, bytes, at, least.length);
      return at + least.length;
    }
    int from = at;
    long rest = number;
    if (rest < 0) {
      bytes[from++] = '-';
      rest = -rest;
    }
    int width = 1;
    for (long power = 10; width < 19 && rest >= power; power *= 10) {
      width++;
    }
    return putPadded(bytes, from, rest, width);
  }

  /** Writes the last digits of a number that is not negative, with zeros in front. */
  static int putPadded(byte[] bytes, int at, long number, int width) {
    long rest = number;
    for (int i = at + width - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + width;
  }
}
