package vn.phusa.pipelines.io.marketplace.feed;

/**
 * Whether a quoted field goes on after a line. As for the parser, a quote opens only at the very
 * start of a field; elsewhere in an unquoted field it is a character like others: 15.6".
 */
final class CsvQuotes {
  private static final char QUOTE = '"';

  private final char delimiter;
  private State state = State.START;

  CsvQuotes(char delimiter) {
    this.delimiter = delimiter;
  }

  private enum State {
    /** At the start of a field. */
    START,
    /** In a field that a quote does nothing in. */
    PLAIN,
    QUOTED,
    /** After a quote in a quoted field: its end, unless another one follows. */
    ENDED
  }

  /** Whether a quoted field is open at the end of a row's next line. */
  boolean isOpenAfter(String line) {
    for (int i = 0; i < line.length(); i++) {
      state = next(line.charAt(i));
    }
    return state == State.QUOTED;
  }

  private State next(char c) {
    if (state == State.QUOTED) {
      return c == QUOTE ? State.ENDED : State.QUOTED;
    }
    if (c == delimiter) {
      return State.START;
    }
    return c == QUOTE && state != State.PLAIN ? State.QUOTED : State.PLAIN;
  }
}
