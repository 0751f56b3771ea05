package vn.phusa.transforms.errors;

import java.io.Serializable;

/**
 * Why a record was rejected; its {@link #word} is what dead letters carry.
 *
 * <p>Words are stored: none changes once it was written.
 */
public final class Reason implements Serializable {
  /** The key is null or empty. */
  public static final Reason MISSING_KEY = new Reason("missing_key");

  /** The key is the one of the dimensions' unknown row. */
  public static final Reason RESERVED_KEY = new Reason("reserved_key");

  /** The key has more bytes than an index can hold. */
  public static final Reason KEY_TOO_LONG = new Reason("key_too_long");

  /** Neither the record nor its source says when it changed. */
  public static final Reason MISSING_TIME = new Reason("missing_time");

  public static final Reason NOT_A_NUMBER = new Reason("not_a_number");

  /** A number, but not a whole one. */
  public static final Reason NOT_AN_INTEGER = new Reason("not_an_integer");

  public static final Reason NOT_A_DATE = new Reason("not_a_date");

  public static final Reason NOT_A_TIME = new Reason("not_a_time");

  public static final Reason NOT_A_BOOLEAN = new Reason("not_a_boolean");

  /** Understood, but the column cannot hold it. */
  public static final Reason OUT_OF_RANGE = new Reason("out_of_range");

  /** A day that dim_time does not have. */
  public static final Reason OUT_OF_CALENDAR = new Reason("out_of_calendar");

  /** The payload is no JSON text. */
  public static final Reason MALFORMED_JSON = new Reason("malformed_json");

  /** The platform's mapping makes nothing usable of the payload. */
  public static final Reason MAPPING_FAILED = new Reason("mapping_failed");

  /** U+0000, which PostgreSQL's text cannot hold. */
  public static final Reason NUL_CHARACTER = new Reason("nul_character");

  /** Half of a surrogate pair, which no UTF-8 text can hold. */
  public static final Reason LONE_SURROGATE = new Reason("lone_surrogate");

  /** A tombstone: a record without a value. */
  public static final Reason NO_VALUE = new Reason("no_value");

  /** A value of no bytes. */
  public static final Reason EMPTY_VALUE = new Reason("empty_value");

  /** More bytes than an event can have. */
  public static final Reason TOO_LARGE = new Reason("too_large");

  /** The bytes are not what the topic's format asks for. */
  public static final Reason MALFORMED = new Reason("malformed");

  /** Written by a schema that the registry does not know. */
  public static final Reason UNKNOWN_SCHEMA = new Reason("unknown_schema");

  /** Written by a schema that ours cannot read. */
  public static final Reason INCOMPATIBLE_SCHEMA = new Reason("incompatible_schema");

  /** Bytes that are no UTF-8 text. */
  public static final Reason INVALID_UTF8 = new Reason("invalid_utf8");

  /** A field that must be there is not. */
  public static final Reason MISSING_FIELD = new Reason("missing_field");

  /** A field of another kind than it should be. */
  public static final Reason WRONG_TYPE = new Reason("wrong_type");

  /** A kind of event or change that is not known or has no meaning for a single row. */
  public static final Reason UNKNOWN_OPERATION = new Reason("unknown_operation");

  /** An event, or the row in it, a day or more after the present. */
  public static final Reason IN_FUTURE = new Reason("in_future");

  /** It came after the time that its five-minute window waits for sales; the fact has it. */
  public static final Reason TOO_LATE = new Reason("too_late");

  /** Longer than staging can hold, or than a row of a feed may be. */
  public static final Reason TOO_LONG = new Reason("too_long");

  /** A field of a feed's row is longer than the feed's limits allow. */
  public static final Reason FIELD_TOO_LONG = new Reason("field_too_long");

  /** A line of a feed that is no UTF-8 text. */
  public static final Reason NOT_UTF8 = new Reason("not_utf8");

  /** A line of a feed that is no row of CSV. */
  public static final Reason NOT_CSV = new Reason("not_csv");

  /** A line of a feed that is no JSON object. */
  public static final Reason NOT_JSON = new Reason("not_json");

  /** A row of CSV with a quote that is not closed. */
  public static final Reason OPEN_QUOTE = new Reason("open_quote");

  /** A row of CSV with more or fewer fields than the header. */
  public static final Reason WRONG_COLUMNS = new Reason("wrong_columns");

  /** The list has the record, and the call for what belongs to it does not. */
  public static final Reason NO_DETAIL = new Reason("no_detail");

  /** The platform refuses what belongs to the record. */
  public static final Reason REFUSED = new Reason("refused");

  /** A polled row that was modified a day or more after the present. */
  public static final Reason MODIFIED_IN_FUTURE = new Reason("modified_in_future");

  /** A change from before the base of its key's history; what it belongs between is forgotten. */
  public static final Reason BEYOND_HORIZON = new Reason("beyond_horizon");

  /** A text that PostgreSQL cannot hold. */
  public static final Reason UNSTORABLE_TEXT = new Reason("unstorable_text");

  private static final long serialVersionUID = 1L;

  private final String word;

  private Reason(String word) {
    this.word = word;
  }

  /**
   * A database rejects the row.
   *
   * @param sqlState the SQLSTATE that the database answered, e.g. "22003"
   */
  public static Reason refusedByDatabase(String sqlState) {
    return new Reason("refused_" + sqlState);
  }

  /** "missing_key", "out_of_range", "refused_22003", ... */
  public String word() {
    return word;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reason reason && word.equals(reason.word);
  }

  @Override
  public int hashCode() {
    return word.hashCode();
  }

  @Override
  public String toString() {
    return word;
  }
}
